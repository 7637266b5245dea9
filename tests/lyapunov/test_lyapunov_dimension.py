import numpy as np
import pytest
from hypothesis import given, strategies as st

from chaoslearn import systems
from chaoslearn.lyapunov.dimension import kaplan_yorke_dimension
from chaoslearn.lyapunov.of_system import spectrum_of_system


@pytest.mark.parametrize(
    ("exponents", "dimension"),
    [
        ((0.9056, 0.0, -14.5723), 2 + 0.9056 / 14.5723),
        ((0.41922, -1.62319), 1 + 0.41922 / 1.62319),
        ((-14.5723, 0.9056, 0.0), 2 + 0.9056 / 14.5723),  # order does not matter
        ((-0.1, -0.2), 0.0),  # a fixed point
        ((0.0, -1.0), 1.0),  # a limit cycle
        ((0.0, 0.0, -0.5, -0.51), 2.0),  # a torus
        ((0.5, 0.2), 2.0),  # nothing contracts
        ((0.5, -0.5), 2.0),  # an area-preserving map fills the plane
        ((1.0, -np.inf), 1.0),  # one direction is annihilated
    ],
)
def test_closed_forms(exponents: tuple[float, ...], dimension: float) -> None:
    assert kaplan_yorke_dimension(exponents) == pytest.approx(dimension, abs=1e-12)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8), st.sampled_from([0.25, 2.0, 16.0]))
def test_independent_of_the_unit_of_time(exponents: list[float], unit: float) -> None:
    scaled = [unit * exponent for exponent in exponents]
    assert kaplan_yorke_dimension(scaled) == pytest.approx(kaplan_yorke_dimension(exponents))


def test_resolution_keeps_a_zero_that_came_out_slightly_negative() -> None:
    assert kaplan_yorke_dimension((-0.001, -1.0)) == 0.0
    assert kaplan_yorke_dimension((-0.001, -1.0), resolution=0.002) == 1.0


def test_of_more_directions_than_were_computed_nothing_is_known_until_a_sum_is_negative() -> None:
    assert np.isnan(kaplan_yorke_dimension((0.5, 0.2), complete=False))
    assert kaplan_yorke_dimension((0.5, 0.2, -1.0), complete=False) == pytest.approx(2.7)


def test_a_long_delay_has_more_growing_directions_than_are_computed() -> None:
    system = systems.configured("mackey_glass", parameters={"delay": 100.0})
    extent = {"starts": 2, "duration": 3000.0, "transient": 1000.0, "seed": 0}
    few = spectrum_of_system(system, **extent)
    assert few.exponent.sum() > 0
    assert np.isnan(few.kaplan_yorke_dimension)
