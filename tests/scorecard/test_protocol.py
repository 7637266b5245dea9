"""In what a training differs from print."""

import pytest
from evidence_made import PROTOCOL, ensemble, evidence, row, sparse

from chaoslearn.scorecard import protocol, targets


def windows(kind: str, window: int | None, position: float | None = 30.0) -> list[str]:
    return protocol.differences(PROTOCOL | {"window": window}, kind, position)


@pytest.mark.parametrize("kind", ["sparse", "truncated", "windowed", "random"])
@pytest.mark.parametrize("window", [60, 99, 201, 1000])
def test_windows_beyond_those_of_print_are_named(kind: str, window: int) -> None:
    assert windows(kind, window) == [f"windows of {window} steps (print 100 to 200)"]


@pytest.mark.parametrize("kind", ["sparse", "truncated", "windowed", "random"])
@pytest.mark.parametrize("window", [None, 100, 200])
def test_windows_of_print_are_not(kind: str, window: int | None) -> None:
    assert windows(kind, window) == []


@pytest.mark.parametrize("kind", ["clipped-norm", "clipped-value", "annealed"])
def test_clipping_and_annealing_have_windows_of_1000(kind: str) -> None:
    assert windows(kind, None) == ["windows of 200 steps (print 1000)"]
    assert windows(kind, 1000) == []


def test_of_a_tau_beyond_200_the_window_of_print_is_not_known() -> None:
    assert windows("sparse", 500, position=500.0) == []
    assert windows("sparse", 500, position=200.0) == ["windows of 500 steps (print 100 to 200)"]


def test_forcing_that_print_does_not_show_has_no_window_to_differ_from() -> None:
    assert windows("free", 60, position=None) == []


def test_sparse_forcing_on_short_windows_is_no_reproduction() -> None:
    given = evidence(sparse({30: 0.02}), window=60)
    found = row(list(targets.rows(given)), "at most 0.05 nats")
    assert found.verdict == "cannot be judged"
    assert "not the published protocol: windows of 60 steps (print 100 to 200)" in found.reason


def test_each_difference_is_told_once() -> None:
    told = protocol.told(evidence(sparse(), window=60, epochs=9), *sparse())
    assert told == (
        "not the published protocol: epochs 9 (print 3000), windows of 60 steps (print 100 to 200)"
    )
    assert protocol.told(evidence([ensemble("sparse-30", 1.0)]), ensemble("sparse-30", 1.0)) == ""
