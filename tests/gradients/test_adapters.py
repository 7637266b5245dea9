"""One member of an ensemble as double-precision weights, on its way, and as a map for numpy."""

import numpy as np
import pytest
import torch

from chaoslearn import cells
from chaoslearn.gradients.adapters import as_map, one_member, settle
from chaoslearn.gradients.regimes import net_in_regime


def test_one_member_of_an_ensemble_is_taken_in_double_precision() -> None:
    ensemble = {"recurrent": torch.rand(3, 2, 2, requires_grad=True)}
    member = one_member(ensemble, 1)["recurrent"]
    assert member.shape == (1, 2, 2)
    assert member.dtype == torch.float64
    assert not member.requires_grad
    assert torch.equal(member[0].float(), ensemble["recurrent"][1])


@pytest.mark.parametrize("name", cells.names())
def test_a_net_as_a_map_steps_and_turns_as_the_cell(name: str) -> None:
    cell, weights = cells.load(name), net_in_regime("chaos", name, latent=5)
    step, jacobian = as_map(cell, weights)
    states = np.random.default_rng(0).standard_normal((3, cell.state_size(5)))
    moved = step(states)
    np.testing.assert_array_equal(moved, settle(cell, weights, torch.from_numpy(states), 1))
    np.testing.assert_array_equal(
        step(step(moved)), settle(cell, weights, torch.from_numpy(states), 3)
    )
    width = 1e-6
    for index, direction in enumerate(np.eye(states.shape[1]) * width):
        difference = (step(states + direction) - step(states - direction)) / (2 * width)
        np.testing.assert_allclose(jacobian(states)[:, :, index], difference, atol=1e-7)
