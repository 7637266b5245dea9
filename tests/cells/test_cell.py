"""Steps against PyTorch's own cells, Jacobians against automatic differentiation."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from chaoslearn import cells
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.errors import InputError

MEMBERS, SEQUENCES, LATENT = 3, 4, 7


def weights_and_states(cell: cells.Cell, scale: float = 3.0) -> tuple[dict, np.ndarray]:
    """An ensemble with weights large enough for the nonlinearity to count, and random states."""
    generator = np.random.default_rng(8)
    members = [initialise(cell, LATENT, 3, generator) for _ in range(MEMBERS)]
    weights = {name: scale * array for name, array in stack(members).items()}
    return weights, generator.standard_normal((MEMBERS, SEQUENCES, cell.state_size(LATENT)))


def of_torch(weights: dict, states: np.ndarray) -> tuple[dict, torch.Tensor]:
    tensors = {name: torch.from_numpy(array) for name, array in weights.items()}
    return tensors, torch.from_numpy(states)


@pytest.mark.parametrize("name", cells.names())
@pytest.mark.parametrize("function", ["step", "jacobian"])
def test_numpy_and_torch_agree(name: str, function: str) -> None:
    cell = cells.load(name)
    weights, states = weights_and_states(cell)
    states[0, 0, 0] = 0  # where relu has no slope
    found = getattr(cell, function)(weights, states)
    expected = getattr(cell, function)(*of_torch(weights, states))
    assert isinstance(found, np.ndarray)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", cells.names())
def test_jacobian_equals_automatic_differentiation(name: str) -> None:
    cell = cells.load(name)
    weights, states = of_torch(*weights_and_states(cell))
    jacobians = cell.jacobian(weights, states)
    for member in range(MEMBERS):
        own = {key: array[member : member + 1] for key, array in weights.items()}
        for sequence in range(SEQUENCES):
            exact = torch.func.jacrev(lambda z, own=own: cell.step(own, z[None, None])[0, 0])(
                states[member, sequence]
            )
            torch.testing.assert_close(jacobians[member, sequence], exact, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", cells.names())
def test_a_cell_needs_no_more_than_shapes_and_step(name: str) -> None:
    full = cells.load(name)
    weights, states = weights_and_states(full)
    bare = cells.cell_of(SimpleNamespace(shapes=full.shapes, step=full.step))
    np.testing.assert_allclose(
        bare.jacobian(weights, states), full.jacobian(weights, states), rtol=1e-12, atol=1e-12
    )
    assert bare.state_size(5) == 5
    assert bare.lift(states) is states
    assert bare.hidden(states) is states


@pytest.mark.parametrize("missing", ["shapes", "step"])
def test_a_cell_without_its_functions_is_refused(missing: str) -> None:
    definition = SimpleNamespace(shapes=lambda latent: {}, step=lambda weights, state: state)
    delattr(definition, missing)
    with pytest.raises(InputError, match=f"has no function '{missing}'"):
        cells.cell_of(definition)


TORCH_CELLS = {"rnn": torch.nn.RNNCell, "lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell}


def torch_cell(name: str, weights: dict, member: int) -> torch.nn.Module:
    """PyTorch's cell with one member's weights: the biases go where the formula has them."""
    theirs = TORCH_CELLS[name](1, LATENT, dtype=torch.float64)
    recurrent_bias = torch.zeros_like(weights["bias"][member])
    if name == "gru":
        recurrent_bias[2 * LATENT :] = weights["bias_new"][member]
    theirs.load_state_dict(
        {
            "weight_ih": torch.zeros(len(recurrent_bias), 1),
            "weight_hh": weights["recurrent"][member],
            "bias_ih": weights["bias"][member],
            "bias_hh": recurrent_bias,
        }
    )
    return theirs


@pytest.mark.parametrize("name", TORCH_CELLS)
def test_step_equals_pytorchs_cell(name: str) -> None:
    cell = cells.load(name)
    weights, states = of_torch(*weights_and_states(cell))
    stepped = cell.step(weights, states)
    for member in range(MEMBERS):
        theirs = torch_cell(name, weights, member)
        state = states[member].chunk(2, dim=-1) if name == "lstm" else states[member]
        with torch.no_grad():
            expected = theirs(torch.zeros(SEQUENCES, 1, dtype=torch.float64), state)
        if name == "lstm":
            expected = torch.cat(expected, dim=-1)
        torch.testing.assert_close(stepped[member], expected, rtol=1e-13, atol=1e-13)


def test_plrnn_steps_as_its_formula_says() -> None:
    weights = {
        "diagonal": np.array([[0.5, -0.25]]),
        "recurrent": np.array([[[100.0, 2.0], [3.0, 100.0]]]),  # its diagonal is not used
        "bias": np.array([[0.1, 0.2]]),
    }
    stepped = cells.load("plrnn").step(weights, np.array([[[1.0, -4.0], [2.0, 3.0]]]))
    expected = [[[0.5 + 0.1, 1.0 + 3.0 + 0.2], [1.0 + 6.0 + 0.1, -0.75 + 6.0 + 0.2]]]
    np.testing.assert_allclose(stepped, expected, rtol=1e-15)


@pytest.mark.parametrize("name", cells.names())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_members_and_sequences_go_their_own_way(name: str, dtype: type) -> None:
    cell = cells.load(name)
    weights, states = weights_and_states(cell)
    weights = {key: array.astype(dtype) for key, array in weights.items()}
    states = states.astype(dtype)
    for of_library in (lambda *both: both, of_torch):
        together = np.asarray(cell.step(*of_library(weights, states)))
        own = {key: array[1:2] for key, array in weights.items()}
        alone = np.asarray(cell.step(*of_library(own, states[1:2, 2:3])))
        assert alone.dtype == dtype
        rounding = 10 * np.finfo(dtype).eps
        np.testing.assert_allclose(alone, together[1:2, 2:3], rtol=rounding, atol=rounding)
