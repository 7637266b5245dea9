"""An ensemble as a numpy map, as ``lyapunov.spectrum`` takes it."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights

Array = NDArray[np.float64]


def ensemble_map(
    cell: Cell, weights: Weights
) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """One orbit a member: the step, `(member, state)` to `(member, state)`, and its Jacobian,
    `(member, state)` to `(member, state, state)`.
    """

    def call(function: Callable[[Weights, Tensor], Tensor], states: Array) -> Array:
        with torch.no_grad():
            result: Array = function(weights, torch.from_numpy(states)[:, None])[:, 0].numpy()
        return result

    return (lambda states: call(cell.step, states)), (lambda states: call(cell.jacobian, states))
