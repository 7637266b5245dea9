"""Trained nets on their own: from an observed start, iterated without any forcing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.cells.readout import observe, pseudo_inverse
from chaoslearn.training import kernels


def free_run(
    cell: Cell, weights: Mapping[str, Tensor], observed: NDArray[np.floating], steps: int
) -> NDArray[np.float32]:
    """What each member generates from each start.

    Parameters
    ----------
    weights : by name, ``(member, ...)``.
    observed : ``(start, component)``; the state begins at lift(B⁺ x).
    steps : the first generated sample is one step after the start.

    Returns
    -------
    ``(member, start, time, component)``; not finite where a net escapes.
    """
    state = lifted(cell, weights, observed)
    if state.dtype == torch.float32 and kernels.available(cell.name):
        arrays = {name: weight.numpy() for name, weight in weights.items()}
        return kernels.free_run(cell.name, arrays, state.numpy(), steps)
    generated = torch.empty(*state.shape[:2], steps, observed.shape[1])
    with torch.no_grad():
        for step in range(steps):
            state = cell.step(weights, state)
            generated[:, :, step] = observe(weights, cell.hidden(state))
    return generated.numpy()


def lifted(cell: Cell, weights: Mapping[str, Tensor], observed: NDArray[np.floating]) -> Tensor:
    """The states ``(member, start, state)`` that observations ``(start, component)`` lift to."""
    readout = weights["readout"]
    samples = torch.as_tensor(np.asarray(observed), dtype=readout.dtype)
    return cell.lift((samples @ pseudo_inverse(readout).mT).contiguous())
