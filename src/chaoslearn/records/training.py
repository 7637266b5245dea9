"""A trained ensemble as a netCDF dataset, and back: a net can be rebuilt from its file alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import DTypeLike, NDArray

from chaoslearn.cells.cell import Cell
from chaoslearn.store import variable
from chaoslearn.training.trained import Trained

Array = NDArray[Any]

WEIGHT = "weight"
SNAPSHOT = "snapshot"


def to_dataset(
    trained: Trained, members: Sequence[int], latent: int, snapshot_epochs: Sequence[int] = ()
) -> xr.Dataset:
    """The ensemble's weights by name and its course.

    Parameters
    ----------
    members : their numbers, ``(member,)``.
    latent : M; an axis of that size is called ``latent`` (``latent_from`` where it is summed
        over), one that stacks several gates ``gate_latent``, any other ``{weight}_row`` or
        ``{weight}_column``.
    snapshot_epochs : after how many epochs the snapshots were taken, ``(snapshot,)``; those of
        weight ``w`` are called ``snapshot_w``.
    """
    variables = _weights(trained, latent)
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
    if snapshot_epochs:
        coordinates["snapshot"] = variable(
            "snapshot", np.asarray(snapshot_epochs, np.int32), "finished epochs"
        )
    return xr.Dataset(variables, coordinates, {"latent": latent})


def weights_of(dataset: xr.Dataset, cell: Cell, dtype: DTypeLike = np.float32) -> dict[str, Array]:
    """The weights by name, ``(member, ...)``, in the order in which the cell names them."""
    names = [*cell.shapes(int(dataset.attrs["latent"])), "readout"]
    return {name: dataset[name].values.astype(dtype) for name in names}


def _weights(trained: Trained, latent: int) -> dict[str, xr.Variable]:
    """Weights, and their snapshots if there are any, as described variables."""
    gates = _gate_latent(trained.weights, latent)
    variables = {}
    for name, weight in trained.weights.items():
        dimensions = ("member", *_dimensions(name, weight, latent, gates))
        said = f"{WEIGHT} {name} of the trained nets"
        variables[name] = variable(dimensions, weight, said)
        snapshots = trained.snapshots[name]
        if len(snapshots):
            variables[f"{SNAPSHOT}_{name}"] = variable(
                ("snapshot", *dimensions), snapshots, f"{said} on the way"
            )
    return variables


def _dimensions(name: str, weight: Array, latent: int, gates: int | None) -> tuple[str, ...]:
    if name == "readout":
        return ("component", "latent")
    sizes = weight.shape[1:]
    known: tuple[dict[int | None, str], ...] = (
        {gates: "gate_latent", latent: "latent"},
        {latent: "latent_from"},
    )
    dimensions = [f"{name}_{axis}" for axis in ("row", "column")]
    dimensions += [f"{name}_axis_{number}" for number in range(3, 1 + len(sizes))]
    for axis, (names, size) in enumerate(zip(known, sizes, strict=False)):
        dimensions[axis] = names.get(size, dimensions[axis])
    return tuple(dimensions[: len(sizes)])


def _gate_latent(weights: Mapping[str, Array], latent: int) -> int | None:
    """The size of the stacked gates: the one multiple of ``latent`` that weights have as rows."""
    own = [weight for name, weight in weights.items() if name != "readout"]
    rows = {size for weight in own for size in weight.shape[1:2]}
    multiples = [size for size in rows if size != latent and size % latent == 0]
    return multiples[0] if len(multiples) == 1 else None
