"""The vectorising tanh and logistic function against numpy in float64."""

import platform

import numpy as np
import pytest

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.functions import sigmoid, tanh
from chaoslearn.training.kernels.vectors import LANES, flat

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


@pytest.mark.skipif(platform.machine() != "x86_64", reason="reads x86-64's instructions")
def test_a_loop_over_lanes_becomes_vector_instructions():
    """Unrolled instead, it takes several times as long, and no other test would notice."""

    @compiled
    def through_tanh(block):
        for row in range(block.shape[0]):
            for lane in range(LANES):
                block[row, lane] = tanh(block[row, lane])

    through_tanh(np.zeros((3, LANES), np.float32))
    (assembly,) = through_tanh.inspect_asm().values()
    assert "divps" in assembly
    assert "divss" not in assembly


@pytest.mark.skipif(platform.machine() != "x86_64", reason="reads x86-64's instructions")
def test_a_loop_over_all_numbers_of_a_block_becomes_vector_instructions():
    """What is left over in the end, fewer than a register holds, is one instruction a number."""

    @compiled
    def through_tanh(block):
        numbers = flat(block)
        for k in range(numbers.size):
            numbers[k] = tanh(numbers[k])

    through_tanh(np.zeros((3, LANES), np.float32))
    (assembly,) = through_tanh.inspect_asm().values()
    assert "divps" in assembly
