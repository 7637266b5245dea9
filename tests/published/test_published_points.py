"""The published points against values known from the paper and its notebook."""

import hashlib
from importlib import resources

import pytest

from chaoslearn.errors import InputError
from chaoslearn.published.points import FILES, points, predictability_time


def value_at(figure: str, measure: str, cell: str, family: str, position: float | None) -> float:
    (found,) = [
        p.value
        for p in points(figure, measure)
        if (p.cell, p.place.family, p.place.position) == (cell, family, position)
    ]
    return found


def test_lorenz_at_thirty_steps_is_what_the_paper_prints() -> None:
    expected = {"lstm": 0.062, "rnn": 0.197, "plrnn": 0.89}
    for cell, value in expected.items():
        measured = value_at("fig1a", "state_space_divergence", cell, "sparse", 30.0)
        assert measured == pytest.approx(value, rel=0.01)


def test_lines_across_and_other_families_are_found() -> None:
    clipped = value_at("fig1a", "state_space_divergence", "lstm", "clipped-norm", None)
    assert clipped == pytest.approx(15.4145)
    by_value = value_at("figClip", "state_space_divergence", "rnn", "clipped-value", 1.0)
    assert by_value == pytest.approx(7.1995)
    assert value_at("fig9", "spectrum_distance", "lstm", "windowed", None) == pytest.approx(
        0.99623, rel=1e-4
    )
    annealed = value_at("figAnneal", "state_space_divergence", "lstm", "annealed", 46.0)
    assert annealed == pytest.approx(0.0766, rel=1e-2)


def test_extrapolated_and_mixed_up_values_are_left_out() -> None:
    lorenz = points("fig1a", "state_space_divergence")
    assert max(p.place.position for p in lorenz if p.place.position) == 200.0
    duffing = points("fig1b", "state_space_divergence")
    assert [p.cell for p in duffing if p.place.position is None] == ["lstm"]


def test_printed_predictability_times() -> None:
    assert predictability_time("fig1a") == pytest.approx(46.21)
    assert predictability_time("fig5") == pytest.approx(77.0163)
    assert predictability_time("figTrunc") is None


def test_each_figure_has_points() -> None:
    for figure in FILES:
        assert points(figure, "state_space_divergence"), figure


def test_unknown_figure_is_refused() -> None:
    with pytest.raises(InputError, match="fig99"):
        points("fig99", "spectrum_distance")


def test_points_are_the_ones_that_were_read_off(shared_folder) -> None:
    carried = resources.files("chaoslearn.published") / "figure_points.csv"
    source = shared_folder / "paper" / "figure_points.csv"
    assert (
        hashlib.sha256(carried.read_bytes()).digest()
        == hashlib.sha256(source.read_bytes()).digest()
    )
