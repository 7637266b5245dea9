"""The readout, its inverse, and the way of an observation into a state and back."""

import numpy as np
import pytest
import torch

from chaoslearn import cells
from chaoslearn.cells.readout import observe, pseudo_inverse


def random(*shape: int) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(5).standard_normal(shape))


@pytest.mark.parametrize(("component", "latent"), [(3, 30), (1, 5), (4, 4), (6, 4), (20, 1)])
def test_pseudo_inverse_is_moores_and_penroses(component: int, latent: int) -> None:
    readout = random(5, component, latent)
    torch.testing.assert_close(
        pseudo_inverse(readout), torch.linalg.pinv(readout), rtol=1e-9, atol=1e-11
    )


@pytest.mark.parametrize("name", cells.names())
def test_an_observation_comes_back_from_its_lifted_state(name: str) -> None:
    cell = cells.load(name)
    weights = {"readout": random(2, 3, 10)}
    observed = random(2, 6, 3)
    latent = observed @ pseudo_inverse(weights["readout"]).mT
    state = cell.lift(latent)
    assert state.shape == (2, 6, cell.state_size(10))
    torch.testing.assert_close(observe(weights, cell.hidden(state)), observed)


def test_an_lstm_is_lifted_with_an_empty_memory() -> None:
    lstm = cells.load("lstm")
    latent = random(2, 6, 10)
    state = lstm.lift(latent)
    assert torch.equal(lstm.hidden(state), latent)
    assert torch.count_nonzero(state[..., 10:]) == 0


@pytest.mark.parametrize("component", [2, 5])
def test_a_readout_without_rank_fails_in_its_own_member(component: int) -> None:
    readout = random(3, component, 4)
    readout[1] = 0
    inverse = pseudo_inverse(readout)
    assert not inverse[1].isfinite().all()
    torch.testing.assert_close(inverse[[0, 2]], torch.linalg.pinv(readout[[0, 2]]))
    readout[1] = torch.nan
    assert torch.equal(pseudo_inverse(readout)[[0, 2]], inverse[[0, 2]])


def test_gradients_flow_through_the_pseudo_inverse() -> None:
    readout = random(2, 3, 5).requires_grad_()
    assert torch.autograd.gradcheck(pseudo_inverse, readout)
