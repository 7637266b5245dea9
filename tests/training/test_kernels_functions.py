"""The vectorising tanh and logistic function against numpy in float64."""

import numpy as np
import pytest

from chaoslearn.training.kernels.functions import sigmoid, tanh

SMALL_TO_LARGE = np.logspace(-30, 30, 4001)
ARGUMENTS = np.concatenate(
    [-SMALL_TO_LARGE, SMALL_TO_LARGE, np.linspace(-20, 20, 4001), [0.0, -np.inf, np.inf]]
).astype(np.float32)


def values(function):
    return np.array([function(x) for x in ARGUMENTS])


def test_tanh_is_accurate_to_float32():
    np.testing.assert_allclose(values(tanh), np.tanh(ARGUMENTS.astype(float)), rtol=5e-7)


def test_sigmoid_is_accurate_to_float32():
    exact = 0.5 + 0.5 * np.tanh(0.5 * ARGUMENTS.astype(float))
    np.testing.assert_allclose(values(sigmoid), exact, atol=2e-7)


def test_tanh_is_odd():
    assert all(tanh(-x) == -tanh(x) for x in ARGUMENTS)


@pytest.mark.parametrize("function", [tanh, sigmoid])
def test_not_a_number_stays(function):
    assert np.isnan(function(np.float32(np.nan)))
