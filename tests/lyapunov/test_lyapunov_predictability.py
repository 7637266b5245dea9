import math

import numpy as np
import pytest

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.predictability import predictability_time


@pytest.mark.parametrize(
    ("exponent", "step", "expected"),
    [(0.906, 0.01, 76.5), (1.105, 0.01, 62.7), (0.0893, 0.1, 77.6), (0.128, 0.1773, 30.5)],
)
def test_of_the_papers_systems(exponent: float, step: float, expected: float) -> None:
    time = predictability_time(exponent, (exponent, exponent), step)
    assert time.steps == pytest.approx(expected, abs=0.1)
    assert time.low == time.steps == time.high


def test_interval_turns_round() -> None:
    time = predictability_time(0.5, (0.25, 1.0), 0.1)
    np.testing.assert_allclose(time, np.log(2) / 0.1 * np.array([2.0, 1.0, 4.0]))


def test_no_growth_is_infinite() -> None:
    assert predictability_time(0.0, (-0.1, 0.1), 1.0).steps == math.inf
    assert predictability_time(0.1, (-0.1, 0.2), 1.0).high == math.inf
    assert predictability_time(-0.1, (-0.2, -0.1), 1.0) == (math.inf, math.inf, math.inf)


def test_what_cannot_be_told_from_zero_does_not_grow() -> None:
    below = predictability_time(0.0014, (-0.0011, 0.0039), 0.1, resolution=0.0025)
    assert below.steps == below.high == math.inf
    assert below.low == pytest.approx(math.log(2) / 0.00039)
    above = predictability_time(0.0026, (0.0001, 0.0051), 0.1, resolution=0.0025)
    assert above.steps == pytest.approx(math.log(2) / 0.00026)
    assert above.high == pytest.approx(math.log(2) / 0.00001)


def test_unknown_stays_unknown() -> None:
    assert np.isnan(predictability_time(np.nan, (np.nan, np.nan), 1.0)).all()


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(InputError, match="step"):
        predictability_time(0.1, (0.1, 0.2), 0.0)
    with pytest.raises(InputError, match="upside down"):
        predictability_time(0.1, (0.2, 0.1), 1.0)
