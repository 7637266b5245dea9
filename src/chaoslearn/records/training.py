"""A trained ensemble as a netCDF dataset, and back: a net can be rebuilt from its file alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.store import variable
from chaoslearn.training.ensemble import Trained

WEIGHT = "weight"


def to_dataset(trained: Trained, members: Sequence[int], latent: int) -> xr.Dataset:
    """The ensemble's weights by name and its course.

    Parameters
    ----------
    members : their numbers, ``(member,)``.
    latent : M; an axis of that size is called ``latent`` (``latent_from`` where it is summed
        over), one that stacks several gates ``gate_latent``.
    """
    variables = {
        name: variable(
            ("member", *_dimensions(name, weight, latent)),
            weight.cpu().numpy(),
            f"{WEIGHT} {name} of the trained nets",
        )
        for name, weight in trained.weights.items()
    }
    epoch_member = ("epoch", "member")
    variables["loss"] = variable(
        epoch_member, trained.loss, "mean squared one-step error, mean over the epoch's batches"
    )
    variables["gradient_norm"] = variable(
        epoch_member,
        trained.gradient_norm,
        "norm of the loss gradient before clipping, mean over the epoch's batches",
    )
    variables["diverged_at"] = variable(
        "member", trained.diverged_at, "epoch in which training diverged, -1 if it did not"
    )
    coordinates = {
        "member": variable("member", np.asarray(members, np.int32), "number of the training run"),
        "epoch": variable("epoch", np.arange(len(trained.loss), dtype=np.int32), "epoch, from 0"),
    }
    return xr.Dataset(variables, coordinates, {"latent": latent})


def weights_of(
    dataset: xr.Dataset, cell: Cell, dtype: torch.dtype = torch.float32
) -> dict[str, Tensor]:
    """The weights by name, ``(member, ...)``, in the order in which the cell names them."""
    names = [*cell.shapes(int(dataset.attrs["latent"])), "readout"]
    return {name: torch.tensor(dataset[name].values, dtype=dtype) for name in names}


def _dimensions(name: str, weight: Tensor, latent: int) -> tuple[str, ...]:
    if name == "readout":
        return ("component", "latent")
    sizes = weight.shape[1:]
    first = "latent" if sizes[0] == latent else "gate_latent"
    return (first, "latent_from")[: len(sizes)]
