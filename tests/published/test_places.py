"""Forcing ids split into family and position."""

import pytest

from chaoslearn.published.places import Place, place


@pytest.mark.parametrize(
    ("forcing", "family", "position"),
    [
        ("sparse-30", "sparse", 30.0),
        ("sparse-auto", "sparse", 63.0),
        ("sparse-30-slow", "sparse-slow", 30.0),
        ("random-30-10", "random-30", 10.0),
        ("clipped-norm-0.5", "clipped-norm", 0.5),
        ("sparse-30+clipped-norm-1", "sparse+clipped-norm-1", 30.0),
        ("free", "free", None),
    ],
)
def test_place(forcing: str, family: str, position: float | None) -> None:
    assert place(forcing, 62.7) == Place(family, position)


def test_the_shortest_automatic_interval_is_one_step() -> None:
    assert place("sparse-auto", 0.3).position == 1.0
