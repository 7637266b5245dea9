"""Fused Adam against torch.optim.Adam."""

import numpy as np
import torch

from chaoslearn.training.adam import sizes_at
from chaoslearn.training.kernels import adam


def test_is_the_adam_of_torch():
    generator = np.random.default_rng(0)
    shapes = {"recurrent": (3, 7, 5), "bias": (3, 7), "readout": (3, 2, 5)}
    weights, first, second = (
        {name: np.zeros(shape, np.float32) for name, shape in shapes.items()} for _ in range(3)
    )
    tensors = {name: torch.zeros(shape, requires_grad=True) for name, shape in shapes.items()}
    optimiser = torch.optim.Adam(list(tensors.values()), 1e-2)
    for update in range(1, 101):
        scale = 10.0 ** generator.uniform(-6, 3)
        gradients = {
            name: (scale * generator.normal(size=shape)).astype(np.float32)
            for name, shape in shapes.items()
        }
        adam.update(
            weights, gradients, first, second, *sizes_at(update, 1e-2), np.ones(3, np.bool_)
        )
        for name, tensor in tensors.items():
            tensor.grad = torch.tensor(gradients[name])
        optimiser.step()
        for name, tensor in tensors.items():
            np.testing.assert_allclose(weights[name], tensor.detach(), rtol=1e-5, atol=1e-7)
            state = optimiser.state[tensor]
            np.testing.assert_allclose(first[name], state["exp_avg"], rtol=1e-5, atol=1e-9)
            np.testing.assert_allclose(second[name], state["exp_avg_sq"], rtol=1e-5)
