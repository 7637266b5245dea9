"""The readout, its inverse, and the way of an observation into a state and back."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from chaoslearn import cells
from chaoslearn.cells.readout import observe, pseudo_inverse


def random(*shape: int) -> np.ndarray:
    return np.random.default_rng(5).standard_normal(shape)


@pytest.fixture(params=[np.asarray, torch.from_numpy], ids=["numpy", "torch"])
def library(request: pytest.FixtureRequest) -> Callable[[np.ndarray], cells.AnyArray]:
    """Makes an array of numpy one of the library."""
    return request.param


@pytest.mark.parametrize(("component", "latent"), [(3, 30), (1, 5), (4, 4), (6, 4), (20, 1)])
def test_pseudo_inverse_is_moores_and_penroses(component: int, latent: int, library) -> None:
    readout = random(5, component, latent)
    np.testing.assert_allclose(
        pseudo_inverse(library(readout)), np.linalg.pinv(readout), rtol=1e-9, atol=1e-11
    )


@pytest.mark.parametrize("name", cells.names())
def test_an_observation_comes_back_from_its_lifted_state(name: str) -> None:
    cell = cells.load(name)
    weights = {"readout": random(2, 3, 10)}
    observed = random(2, 6, 3)
    latent = observed @ pseudo_inverse(weights["readout"]).mT
    state = cell.lift(latent)
    assert state.shape == (2, 6, cell.state_size(10))
    np.testing.assert_allclose(observe(weights, cell.hidden(state)), observed, rtol=1e-9)


def test_an_lstm_is_lifted_with_an_empty_memory() -> None:
    lstm = cells.load("lstm")
    latent = random(2, 6, 10)
    state = lstm.lift(latent)
    assert np.array_equal(lstm.hidden(state), latent)
    assert not state[..., 10:].any()


@pytest.mark.parametrize("component", [2, 5])
def test_a_readout_without_rank_fails_in_its_own_member(component: int, library) -> None:
    readout = random(3, component, 4)
    readout[1] = 0
    inverse = np.asarray(pseudo_inverse(library(readout)))
    assert not np.isfinite(inverse[1]).all()
    np.testing.assert_allclose(inverse[[0, 2]], np.linalg.pinv(readout[[0, 2]]), atol=1e-12)
    readout[1] = np.nan
    assert np.array_equal(pseudo_inverse(library(readout))[[0, 2]], inverse[[0, 2]])


def test_gradients_flow_through_the_pseudo_inverse() -> None:
    readout = torch.tensor(random(2, 3, 5), requires_grad=True)
    assert torch.autograd.gradcheck(pseudo_inverse, readout)
