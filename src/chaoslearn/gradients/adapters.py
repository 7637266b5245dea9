"""One member of an ensemble, in float64: as weights, and on its attractor."""

import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights


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
