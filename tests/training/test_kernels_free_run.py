"""Free runs by the kernels against a loop over time steps in float64."""

import numpy as np
import pytest
import torch
from test_kernels_gradients import CELLS, MEMBERS, draw_weights, next_state

from chaoslearn.training import kernels


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("latent", "component"), [(1, 1), (30, 3), (33, 20), (70, 40)])
@pytest.mark.parametrize("sequences", [1, 8])
def test_agrees_with_the_loop_over_steps(cell, latent, component, sequences):
    generator = np.random.default_rng(1)
    weights = draw_weights(cell, latent, component, generator)
    size = 2 * latent if cell == "lstm" else latent
    states = generator.normal(size=(MEMBERS, sequences, size)).astype(np.float32)
    generated = kernels.free_run(cell, weights, states, 20)
    for member in range(MEMBERS):
        exact = {name: torch.tensor(value[member]).double() for name, value in weights.items()}
        start = torch.tensor(states[member]).double()
        state = (start[:, :latent], start[:, latent:])
        for step in range(20):
            state = next_state(cell, exact, state)
            expected = state[0] @ exact["readout"].T
            np.testing.assert_allclose(generated[member, :, step], expected, atol=3e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_is_the_same_on_two_threads(cell):
    generator = np.random.default_rng(2)
    weights = draw_weights(cell, 5, 2, generator, members=5)
    states = generator.normal(size=(5, 3, 10 if cell == "lstm" else 5)).astype(np.float32)
    alone = kernels.free_run(cell, weights, states, 50)
    assert np.array_equal(kernels.free_run(cell, weights, states, 50, threads=2), alone)
