"""Weights to begin a training with."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.errors import InputError


def initialise(
    cell: Cell,
    latent: int,
    component: int,
    generator: np.random.Generator,
    dtype: torch.dtype = torch.float32,
) -> dict[str, Tensor]:
    """Draw the weights of one member, every one uniform in ±1/√latent (PyTorch's default).

    Gives the cell's weights in the order of its `shapes`, then `readout` `(component, latent)`,
    none with a member dimension; `stack` makes an ensemble of several. The draws are float64 and
    then rounded, so both precisions begin at the same point.

    Raises `InputError` where `latent` or `component` is below 1.
    """
    if latent < 1 or component < 1:
        raise InputError(
            f"a net needs latent and component of at least 1, not {latent} and {component}"
        )
    bound = latent**-0.5
    shapes = {**cell.shapes(latent), "readout": (component, latent)}
    return {
        name: torch.from_numpy(generator.uniform(-bound, bound, shape)).to(dtype)
        for name, shape in shapes.items()
    }


def stack(members: Sequence[Weights]) -> dict[str, Tensor]:
    """Stack the weights of several members along a leading dimension `(member, …)`."""
    return {name: torch.stack([member[name] for member in members]) for name in members[0]}
