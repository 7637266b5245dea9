"""The training loss as the equations have it: one window, one step after another."""

from collections.abc import Mapping

import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.forcing.plan import Plan


def step_by_step_loss(
    cell: Cell, weights: Mapping[str, Tensor], windows: Tensor, plan: Plan
) -> Tensor:
    """As ``training.loss.window_loss``, by a loop over all T steps and a general pseudo-inverse."""
    readout = weights["readout"]
    inverse = torch.linalg.pinv(readout)
    state = cell.lift(torch.zeros(*windows.shape[:2], readout.shape[2], dtype=windows.dtype))
    errors = []
    for step in range(plan.window):
        if step in plan.starts:
            observed = cell.lift(windows[:, :, step] @ inverse.mT)
            if plan.begins == "zero":
                state = torch.zeros_like(state)
            elif plan.begins == "observed" or step == 0:
                state = observed
            else:
                state = state.detach()
        state = cell.step(weights, state)
        errors.append(windows[:, :, step + 1] - cell.hidden(state) @ readout.mT)
    return torch.stack(errors).square().mean(dim=(0, 2, 3))
