"""The kernels' pseudo-inverse and its gradient against numpy and autograd in float64."""

import numpy as np
import pytest
import torch

from chaoslearn.training.kernels.readout import add_readout_gradient, prepare


@pytest.mark.parametrize(("component", "latent"), [(1, 1), (1, 5), (3, 30), (20, 25), (4, 4)])
def test_inverse_is_that_of_moore_and_penrose(component, latent):
    matrix = np.random.default_rng(0).normal(size=(component, latent)).astype(np.float32)
    readout = prepare(matrix)
    np.testing.assert_allclose(readout.inverse, np.linalg.pinv(matrix.astype(float)), atol=1e-6)
    assert np.array_equal(readout.transposed, matrix.T)
    assert np.array_equal(readout.negative, -matrix)


@pytest.mark.parametrize(("component", "latent"), [(1, 5), (3, 30), (20, 25)])
def test_gradient_flows_through_the_inverse(component, latent):
    generator = np.random.default_rng(1)
    matrix = generator.normal(size=(component, latent)).astype(np.float32)
    of_inverse = generator.normal(size=(latent, component)).astype(np.float32)
    gradient = np.ones_like(matrix)
    add_readout_gradient(prepare(matrix), of_inverse, gradient)
    exact = torch.tensor(matrix, dtype=torch.float64, requires_grad=True)
    (torch.linalg.pinv(exact) * torch.tensor(of_inverse)).sum().backward()
    np.testing.assert_allclose(gradient - 1, exact.grad.numpy(), atol=3e-6)


def test_dependent_rows_give_no_finite_inverse_and_no_error():
    readout = prepare(np.ones((2, 4), np.float32))
    assert not np.isfinite(readout.inverse).all()


def test_not_a_number_gives_no_error():
    assert not np.isfinite(prepare(np.full((2, 4), np.nan, np.float32)).inverse).any()
