"""The kernels' loss and gradients against a loop over time steps in float64 with autograd."""

import numpy as np
import pytest
import torch

from chaoslearn.training import kernels

CELLS = ("rnn", "lstm", "plrnn", "gru")
MEMBERS = 2


def shapes(cell, latent):
    gates = {"rnn": 1, "plrnn": 1, "lstm": 4, "gru": 3}[cell]
    shapes = {"recurrent": (gates * latent, latent), "bias": (gates * latent,)}
    if cell == "plrnn":
        shapes["diagonal"] = (latent,)
    if cell == "gru":
        shapes["bias_new"] = (latent,)
    return shapes


def draw_weights(cell, latent, component, generator, members=MEMBERS):
    bound = 1 / np.sqrt(latent)
    named = shapes(cell, latent) | {"readout": (component, latent)}
    return {
        name: generator.uniform(-bound, bound, (members, *shape)).astype(np.float32)
        for name, shape in named.items()
    }


def next_state(cell, weights, state):
    """One step of (hidden, memory), each (batch, latent), in torch."""
    hidden, memory = state
    if cell == "plrnn":
        recurrent = weights["recurrent"] - torch.diag(torch.diag(weights["recurrent"]))
        mapped = torch.relu(hidden) @ recurrent.T
        return weights["diagonal"] * hidden + mapped + weights["bias"], memory
    mapped = hidden @ weights["recurrent"].T
    if cell == "rnn":
        return torch.tanh(mapped + weights["bias"]), memory
    if cell == "lstm":
        into, forget, new, out = torch.chunk(mapped + weights["bias"], 4, dim=1)
        memory = torch.sigmoid(forget) * memory + torch.sigmoid(into) * torch.tanh(new)
        return torch.sigmoid(out) * torch.tanh(memory), memory
    mapped_reset, mapped_update, mapped_new = torch.chunk(mapped, 3, dim=1)
    bias_reset, bias_update, bias = torch.chunk(weights["bias"], 3)
    reset = torch.sigmoid(mapped_reset + bias_reset)
    update = torch.sigmoid(mapped_update + bias_update)
    new = torch.tanh(bias + reset * (mapped_new + weights["bias_new"]))
    return (1 - update) * new + update * hidden, memory


def reference(cell, weights, windows, segment_starts, begins):
    """Loss of one member, step by step. windows: (batch, T + 1, component)."""
    readout = weights["readout"]
    steps = windows.shape[1] - 1
    zero = torch.zeros(windows.shape[0], readout.shape[1], dtype=torch.float64)
    state = (zero, zero)
    total = torch.zeros((), dtype=torch.float64)
    for step in range(steps):
        if step in segment_starts:
            if begins == "observed" or (begins == "carried" and step == 0):
                state = (windows[:, step] @ torch.linalg.pinv(readout).T, zero)
            elif begins == "zero":
                state = (zero, zero)
            else:
                state = (state[0].detach(), state[1].detach())
        state = next_state(cell, weights, state)
        total = total + ((windows[:, step + 1] - state[0] @ readout.T) ** 2).mean()
    return total / steps


def compare(cell, latent, component, batch, steps, segment_starts, begins, seed=0):
    generator = np.random.default_rng(seed)
    weights = draw_weights(cell, latent, component, generator)
    series = np.cumsum(generator.normal(0, 0.1, (steps + 300, component)), axis=0)
    series = series.astype(np.float32)
    window_starts = generator.integers(0, 299, (MEMBERS, batch))
    gradients = {name: np.full_like(value, np.nan) for name, value in weights.items()}
    loss = np.empty(MEMBERS, np.float32)
    kernels.loss_and_gradient(
        cell,
        weights,
        series,
        window_starts,
        np.array(segment_starts),
        steps,
        begins,
        gradients,
        loss,
    )
    for member in range(MEMBERS):
        exact = {
            name: torch.tensor(value[member], dtype=torch.float64, requires_grad=True)
            for name, value in weights.items()
        }
        windows = np.stack([series[at : at + steps + 1] for at in window_starts[member]])
        expected = reference(
            cell, exact, torch.tensor(windows, dtype=torch.float64), segment_starts, begins
        )
        expected.backward()
        assert loss[member] == pytest.approx(expected.item(), rel=1e-5)
        for name, value in exact.items():
            difference = np.linalg.norm(gradients[name][member] - value.grad.numpy())
            assert difference <= 1e-5 * np.linalg.norm(value.grad.numpy()), name


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("begins", ["observed", "zero", "carried"])
@pytest.mark.parametrize("tau", [1, 7, 10, 40])
def test_agrees_with_the_loop_over_steps(cell, begins, tau):
    compare(cell, 12, 3, 5, 40, list(range(0, 40, tau)), begins)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("latent", [1, 2, 5, 30, 37])
def test_agrees_for_any_latent_size(cell, latent):
    compare(cell, latent, min(3, (latent + 1) // 2), 3, 12, [0, 5, 10], "observed")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("batch", [1, 32, 33, 70])
def test_agrees_for_any_batch(cell, batch):
    compare(cell, 8, 2, batch, 9, [0, 4, 5], "carried")


@pytest.mark.parametrize("cell", CELLS)
def test_agrees_for_as_many_components_as_latents(cell):
    compare(cell, 6, 6, 4, 10, [0, 5], "observed")


@pytest.mark.parametrize("cell", CELLS)
def test_windows_that_begin_at_zero_need_no_inverse(cell):
    compare(cell, 2, 5, 4, 10, [0, 5], "zero")


@pytest.mark.slow
@pytest.mark.parametrize("cell", CELLS)
def test_agrees_at_the_largest_sizes(cell):
    compare(cell, 200, 20, 4, 60, [0, 25, 50], "observed")
