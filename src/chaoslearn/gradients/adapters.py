"""One member of an ensemble, in float64: as weights, on its attractor, and as a map for numpy."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights

Array = npt.NDArray[np.float64]


def one_member(weights: Weights, member: int) -> dict[str, Tensor]:
    """Take one member's weights out of an ensemble, in float64 and with `member` of size 1."""
    return {name: array[member : member + 1].detach().double() for name, array in weights.items()}


def settle(cell: Cell, weights: Weights, states: Tensor, steps: int) -> Tensor:
    """Iterate states `(start, state)` of one member, to leave a transient behind."""
    with torch.no_grad():
        moving = states[None]
        for _ in range(steps):
            moving = cell.step(weights, moving)
    return moving[0]


def as_map(
    cell: Cell, weights: Weights
) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """Turn one member into numpy functions, as `lyapunov.spectrum` takes them.

    Gives the step, `(start, state)` to `(start, state)`, and its Jacobian, `(start, state)` to
    `(start, state, state)`.
    """

    def step(states: Array) -> Array:
        return _called(cell.step, states)

    def jacobian(states: Array) -> Array:
        return _called(cell.jacobian, states)

    def _called(function: Callable[[Weights, Tensor], Tensor], states: Array) -> Array:
        with torch.no_grad():
            result: Array = function(weights, torch.from_numpy(states)[None])[0].numpy()
        return result

    return step, jacobian
