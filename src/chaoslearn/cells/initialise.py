"""Weights to begin a training with."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell
from chaoslearn.errors import InputError


def initialise(
    cell: Cell,
    latent: int,
    component: int,
    generator: np.random.Generator,
) -> dict[str, NDArray[np.float64]]:
    """Draw the weights of one member, every one uniform in ±1/√latent (PyTorch's default).

    Gives the cell's weights in the order of its `shapes`, then `readout` `(component, latent)`,
    none with a member dimension; `stack` makes an ensemble of several. The draws are float64, so
    that trainings in both precisions begin at the same point.

    Raises `InputError` where `latent` or `component` is below 1.
    """
    if latent < 1 or component < 1:
        raise InputError(
            f"a net needs latent and component of at least 1, not {latent} and {component}"
        )
    bound = latent**-0.5
    shapes = {**cell.shapes(latent), "readout": (component, latent)}
    return {name: generator.uniform(-bound, bound, shape) for name, shape in shapes.items()}


def stack(members: Sequence[Mapping[str, NDArray[np.float64]]]) -> dict[str, NDArray[np.float64]]:
    """Stack the weights of several members along a leading dimension `(member, …)`."""
    return {name: np.stack([member[name] for member in members]) for name in members[0]}
