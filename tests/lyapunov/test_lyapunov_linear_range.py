import numpy as np
import pytest

from chaoslearn.lyapunov.linear_range import linear_ranges

TIME = np.linspace(0, 10, 101)


def test_finds_the_line_between_a_jump_and_saturation() -> None:
    curve = np.interp(TIME, [0, 1, 7, 10], [-6, -4, -1, -0.8])  # slopes 2, 0.5, 0.07
    ranges = linear_ranges(TIME, curve)
    assert ranges is not None
    first, last = TIME[ranges.first[ranges.best]], TIME[ranges.last[ranges.best]]
    slope = (np.interp(last, TIME, curve) - np.interp(first, TIME, curve)) / (last - first)
    assert slope == pytest.approx(0.5, rel=0.1)
    assert first > 0.5
    assert last < 8


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_power_laws_are_refused(power: float) -> None:
    assert linear_ranges(TIME[1:], power * np.log(TIME[1:])) is None


def test_flat_and_falling_and_sudden_curves_are_refused() -> None:
    assert linear_ranges(TIME, np.zeros(101)) is None
    assert linear_ranges(TIME, -TIME) is None
    assert linear_ranges(TIME, np.where(TIME > 0, 0.0, -5.0)) is None
    assert linear_ranges(TIME[:3], TIME[:3]) is None


def test_ranges_that_grow_half_as_much_are_kept() -> None:
    ranges = linear_ranges(TIME, 0.5 * TIME)
    assert ranges is not None
    growth = 0.5 * (TIME[ranges.last] - TIME[ranges.first])
    assert growth[ranges.best] == pytest.approx(5.0)
    assert growth.min() == pytest.approx(2.5, abs=0.1)
