"""Parameter gradients by the forward recursion: against autograd, differences, closed forms."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from chaoslearn import cells
from chaoslearn.cells.arithmetic import tanh
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.cells.readout import observe
from chaoslearn.gradients import sensitivity
from chaoslearn.gradients.growth import growth_rate
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.regimes import net_in_regime
from chaoslearn.gradients.sensitivity import parameter_traces
from chaoslearn.gradients.traces import jacobian_trace

LATENT, STARTS, TIME = 6, 3, 30


def low_rank_cell() -> cells.Cell:
    """A cell whose parameters act on several units each: nothing can be grouped."""
    return cells.cell_of(
        SimpleNamespace(
            shapes=lambda latent: {"left": (latent, 2), "right": (2, latent)},
            step=lambda w, z: tanh(z @ w["right"].mT @ w["left"].mT + 0.1),
        )
    )


CELLS = {name: cells.load(name) for name in cells.names()} | {"low rank": low_rank_cell()}


def net(name: str) -> tuple[cells.Cell, dict, np.ndarray, np.ndarray]:
    """Cell, weights large enough to be nonlinear, starts and targets."""
    cell, generator = CELLS[name], np.random.default_rng(4)
    weights = stack([initialise(cell, LATENT, 2, generator)])
    weights = {key: (1.0 if name == "plrnn" else 2.0) * array for key, array in weights.items()}
    states = generator.standard_normal((STARTS, cell.state_size(LATENT)))
    targets = generator.standard_normal((STARTS, TIME, 2))
    return cell, weights, states, targets


def final_state(cell: cells.Cell, weights: dict, start: cells.AnyArray) -> cells.AnyArray:
    state = start[None, None]
    for _ in range(TIME - 1):
        state = cell.step(weights, state)
    return state[0, 0]


def final_loss(
    cell: cells.Cell, weights: dict, start: cells.AnyArray, target: cells.AnyArray
) -> cells.AnyArray:
    hidden = cell.hidden(final_state(cell, weights, start))
    return ((observe(weights, hidden[None, None])[0, 0] - target) ** 2).mean()


def split(cell: cells.Cell, weights: dict) -> tuple[dict, dict]:
    own = {key: torch.from_numpy(weights[key]) for key in cell.shapes(LATENT)}
    return own, {"readout": torch.from_numpy(weights["readout"])}


@pytest.mark.parametrize("name", CELLS)
def test_gradients_equal_automatic_differentiation(name: str) -> None:
    cell, weights, states, targets = net(name)
    own, readout = split(cell, weights)
    traces = parameter_traces(cell, weights, states, [5, TIME], targets)
    for index in range(STARTS):
        start, target = torch.from_numpy(states[index]), torch.from_numpy(targets[index, -1])
        jacobians = torch.func.jacrev(
            lambda own, start: final_state(cell, {**own, **readout}, start)
        )(own, start)
        gradients = torch.func.grad(
            lambda own, start, target: final_loss(cell, {**own, **readout}, start, target)
        )(own, start, target)
        for array, traced in (
            (jacobians, traces.state_gradient),
            (gradients, traces.loss_gradient),
        ):
            squares = sum(float((part**2).sum()) for part in array.values())
            assert traced[index, -1] == pytest.approx(math.log(squares) / 2, abs=1e-10)


def test_starts_taken_a_few_at_a_time_have_the_gradients_of_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cell, weights, states, targets = net("lstm")
    together = parameter_traces(cell, weights, states, [5, TIME], targets)
    monkeypatch.setattr(sensitivity, "NUMBERS_AT_ONCE", 2 * 12 * (24 * 6 + 24))  # of two starts
    apart = parameter_traces(cell, weights, states, [5, TIME], targets)
    assert apart.state_gradient == pytest.approx(together.state_gradient, abs=1e-12)
    assert apart.loss_gradient == pytest.approx(together.loss_gradient, abs=1e-12)


@pytest.mark.parametrize("name", cells.names())
def test_gradients_equal_finite_differences(name: str) -> None:
    cell, weights, states, targets = net(name)
    traces = parameter_traces(cell, weights, states, [TIME], targets)
    width, squares = 1e-6, 0.0
    for key in cell.shapes(LATENT):
        for position in range(weights[key].size):
            losses = []
            for sign in (1, -1):
                moved = {**weights, key: weights[key].copy()}
                moved[key].flat[position] += sign * width
                losses.append(float(final_loss(cell, moved, states[0], targets[0, -1])))
            squares += ((losses[0] - losses[1]) / (2 * width)) ** 2
    assert traces.loss_gradient[0, -1] == pytest.approx(math.log(squares) / 2, abs=1e-5)


def test_a_linear_nets_gradient_is_its_geometric_series() -> None:
    """z ← a z + h in each unit: ∂z_T/∂h = (1 − a^(T−1)) / (1 − a), ∂z_T/∂a = Σ a^(T−1−r) z_r."""
    decay, offset, steps = 0.95, 0.3, [2, 3, 10, 100]
    weights = {
        "diagonal": np.array([[decay]]),
        "recurrent": np.zeros((1, 1, 1)),
        "bias": np.array([[offset]]),
        "readout": np.ones((1, 1, 1)),
    }
    start = np.array([[2.0]])
    traces = parameter_traces(cells.load("plrnn"), weights, start, steps)
    limit = offset / (1 - decay)
    for column, time in enumerate(steps):
        state = limit + (2.0 - limit) * decay ** (time - 1)
        orbit = limit + (2.0 - limit) * decay ** np.arange(time - 1)
        by_decay = decay ** np.arange(time - 1)[::-1] @ orbit
        by_offset = (1 - decay ** (time - 1)) / (1 - decay)
        norm = math.hypot(by_decay, by_offset)
        assert traces.state_gradient[0, column] == pytest.approx(math.log(norm), abs=1e-11)
        expected = math.log(2 * state * norm)  # L = z² without a target
        assert traces.loss_gradient[0, column] == pytest.approx(expected, abs=1e-11)


def test_before_the_first_step_there_is_no_gradient() -> None:
    cell, weights, states, _ = net("rnn")
    traces = parameter_traces(cell, weights, states, [1, 2])
    assert np.all(traces.state_gradient[:, 0] == -np.inf)
    assert np.all(traces.loss_gradient[:, 0] == -np.inf)
    assert np.all(np.isfinite(traces.state_gradient[:, 1]))


@pytest.mark.slow
def test_chaotic_gradients_grow_with_the_jacobian_past_all_numbers() -> None:
    rnn, weights = cells.load("rnn"), net_in_regime("chaos", "rnn", latent=20, seed=1)
    states = np.random.default_rng(0).standard_normal((20, 20))
    steps = recorded_steps(6000, 60)
    jacobian = growth_rate(steps, jacobian_trace(rnn, weights, states, steps))
    traces = parameter_traces(rnn, weights, states, steps)
    for trace in (traces.state_gradient, traces.loss_gradient):
        assert trace[:, -1].min() > 720  # beyond the range of numbers
        growth = growth_rate(steps, trace)
        assert growth.rate == pytest.approx(jacobian.rate, abs=2 * jacobian.error)
