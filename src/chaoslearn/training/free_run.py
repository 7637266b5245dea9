"""Trained nets on their own: from an observed start, iterated without any forcing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.readout import observe, pseudo_inverse
from chaoslearn.training import kernels


def free_run(
    cell: Cell, weights: Weights, observed: NDArray[np.floating], steps: int
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
    if state.dtype == np.float32 and kernels.available(cell.name):
        return kernels.free_run(cell.name, weights, state, steps)
    generated = np.empty((*state.shape[:2], steps, observed.shape[1]), np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps):
            state = cell.step(weights, state)
            generated[:, :, step] = observe(weights, cell.hidden(state))
    return generated


def lifted(cell: Cell, weights: Weights, observed: NDArray[np.floating]) -> NDArray[Any]:
    """The states ``(member, start, state)`` that observations ``(start, component)`` lift to."""
    readout = weights["readout"]
    states = observed.astype(readout.dtype) @ pseudo_inverse(readout).mT
    return np.ascontiguousarray(cell.lift(states))
