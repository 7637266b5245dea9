"""The loss of a window under a plan, by batched torch: the reference path, and the GPU's.

At each start the state is replaced by something that does not depend on earlier states, so the
segments of a window are independent sequences and are stepped side by side: τ steps, not T.
The loss and all gradients are those of the step-by-step loop (Mikhaeil et al. 2022, section 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.cells.readout import observe, pseudo_inverse
from chaoslearn.forcing.plan import Plan


def window_loss(cell: Cell, weights: Mapping[str, Tensor], windows: Tensor, plan: Plan) -> Tensor:
    """Mean squared one-step error along each member's windows, ``(member,)``.

    Parameters
    ----------
    weights : by name, ``(member, ...)``, with the readout B ``(member, component, latent)``.
    windows : ``(member, batch, T + 1, component)``: inputs x_0 … x_{T−1}, targets x_1 … x_T.
    plan : where the T steps are cut, and what a segment begins from.

    Returns
    -------
    L = mean over batch, T and components of (x_{t+1} − B z_{t+1})², before any forcing.
    """
    if plan.begins == "carried":
        total = _carried_error(cell, weights, windows, plan)
    else:
        total = _segment_error(cell, weights, windows, plan)
    _, batch, samples, component = windows.shape
    return total / (batch * (samples - 1) * component)


def _segment_error(
    cell: Cell, weights: Mapping[str, Tensor], windows: Tensor, plan: Plan
) -> Tensor:
    starts = _starts_by_length(plan, windows.device)
    lengths = sorted(plan.lengths, reverse=True)
    by_segment = windows.transpose(1, 2)  # (member, T + 1, batch, component)
    state = cell.lift(_begin(weights, by_segment[:, starts].flatten(1, 2), plan))
    total = windows.new_zeros(windows.shape[0])
    batch = windows.shape[1]
    for step in range(lengths[0]):
        running = sum(length > step for length in lengths)
        state = cell.step(weights, state[:, : running * batch])
        targets = by_segment[:, starts[:running] + step + 1].flatten(1, 2)
        total = total + _squared_error(cell, weights, state, targets)
    return total


@cache
def _starts_by_length(plan: Plan, device: torch.device) -> Tensor:
    """Longest segments first: those still running at step k are then the leading ones.

    Made once for a plan, since a copy to a card cannot be part of a recorded step.
    """
    order = sorted(range(len(plan.starts)), key=lambda segment: -plan.lengths[segment])
    return torch.tensor([plan.starts[segment] for segment in order], device=device)


def _carried_error(
    cell: Cell, weights: Mapping[str, Tensor], windows: Tensor, plan: Plan
) -> Tensor:
    state = cell.lift(windows[:, :, 0] @ pseudo_inverse(weights["readout"]).mT)
    total = windows.new_zeros(windows.shape[0])
    cuts = set(plan.starts[1:])
    for step in range(plan.window):
        state = cell.step(weights, state.detach() if step in cuts else state)
        total = total + _squared_error(cell, weights, state, windows[:, :, step + 1])
    return total


def _begin(weights: Mapping[str, Tensor], observed: Tensor, plan: Plan) -> Tensor:
    lifted = observed @ pseudo_inverse(weights["readout"]).mT
    return torch.zeros_like(lifted) if plan.begins == "zero" else lifted


def _squared_error(
    cell: Cell, weights: Mapping[str, Tensor], state: Tensor, targets: Tensor
) -> Tensor:
    error: Tensor = targets - observe(weights, cell.hidden(state))
    return error.square().sum((1, 2))
