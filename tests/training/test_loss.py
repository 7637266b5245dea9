"""Segments side by side give the loss and the gradients of the step-by-step loop."""

import numpy as np
import pytest
import torch
from step_by_step import step_by_step_loss

from chaoslearn import cells, forcing
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.training.loss import window_loss

WINDOW = 24
FORCINGS = (
    "sparse-1", "sparse-5", "sparse-8", "sparse-24", "windowed-7", "truncated-6", "truncated-7",
    "clipped-norm-1", "annealed-9", "random-9-4",
)  # fmt: skip


@pytest.mark.parametrize("identifier", FORCINGS)
@pytest.mark.parametrize("name", cells.names())
def test_loss_and_gradients_are_those_of_the_loop(name: str, identifier: str) -> None:
    cell = cells.load(name)
    generator = np.random.default_rng(1)
    members = stack([initialise(cell, 6, 3, generator) for _ in range(2)])
    windows = torch.from_numpy(generator.normal(size=(2, 4, WINDOW + 1, 3)))
    plan = forcing.load(identifier).plan(WINDOW, 0.5, np.random.default_rng(2))

    results = []
    for loss_of in (window_loss, step_by_step_loss):
        weights = {name: torch.tensor(w, requires_grad=True) for name, w in members.items()}
        loss = loss_of(cell, weights, windows, plan)
        gradients = torch.autograd.grad(
            loss.sum(), list(weights.values()), allow_unused=True, materialize_grads=True
        )
        results.append((loss.detach(), dict(zip(weights, gradients, strict=True))))

    (loss, gradients), (expected_loss, expected_gradients) = results
    torch.testing.assert_close(loss, expected_loss, rtol=1e-12, atol=0)
    for key, expected in expected_gradients.items():
        difference = (gradients[key] - expected).norm()
        assert difference <= 1e-10 * max(expected.norm().item(), 1e-12), key


def test_windowing_gives_the_readouts_inverse_no_gradient() -> None:
    """A segment that begins from zero is told nothing: the loss does not see its first input."""
    cell = cells.load("rnn")
    member = stack([initialise(cell, 5, 2, np.random.default_rng(0))])
    weights = {name: torch.from_numpy(array) for name, array in member.items()}
    windows = torch.from_numpy(np.random.default_rng(1).normal(size=(1, 3, 9, 2)))
    changed = windows.clone()
    changed[:, :, 0] += 7.0
    plan = forcing.load("windowed-8").plan(8, 1.0, np.random.default_rng(0))
    first = window_loss(cell, weights, windows, plan)
    torch.testing.assert_close(window_loss(cell, weights, changed, plan), first, rtol=0, atol=0)
