"""The kinds of netCDF files that the workflow makes, told apart by what they hold."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import xarray as xr

from chaoslearn import store
from chaoslearn.errors import InputError

PROVENANCE = ("key", "settings", "wildcards", "packages", "device")
"""The attributes of every file that ``store.write`` wrote, in the order in which they are shown."""

HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"


class Kind(NamedTuple):
    """A kind of file: where it lies in the results, what it is, variables only it has together."""

    stage: str
    meaning: str
    variables: frozenset[str]


MEASURES_TABLE, GROWTH_TABLE, THEOREMS = (
    f"tables/{name}.nc" for name in ("measures", "growth", "theorems")
)
# The first that fits: where one kind has all variables of another, it comes before it.
KINDS = (
    Kind("series", "an observed series", frozenset({"observed", "split"})),
    Kind("exponents", "exponents of a series", frozenset({"log_divergence"})),
    Kind("training", "trained nets", frozenset({"readout", "diverged_at"})),
    Kind("free_runs", "free runs of trained nets", frozenset({"generated"})),
    Kind(MEASURES_TABLE, "measures of all runs", frozenset({"state_space_divergence", "cell"})),
    Kind("measures", "measures of reconstructions", frozenset({"state_space_divergence"})),
    Kind("gradients", "gradients of a net", frozenset({"jacobian_norm", "growth_rate"})),
    Kind("courses", "gradients in the course of a training", frozenset({"jacobian_norm"})),
    Kind("forced", "gradients between two forcings", frozenset({"largest_factor"})),
    Kind(GROWTH_TABLE, "growth of gradients in all nets", frozenset({"growth_rate", "slope"})),
    Kind("growth", "growth of gradients in trained nets", frozenset({"growth_rate"})),
    Kind(THEOREMS, "verdicts on the theorems", frozenset({"verdict"})),
)
OTHER = Kind("", "not a file of chaoslearn", frozenset())


def kind_of(dataset: xr.Dataset) -> Kind:
    """The kind of a file; ``OTHER`` where the workflow did not make it."""
    if not set(PROVENANCE) <= dataset.attrs.keys():
        return OTHER
    found = (kind for kind in KINDS if kind.variables <= dataset.variables.keys())
    return next(found, OTHER)


def opened(path: Path) -> xr.Dataset:
    """The netCDF file at ``path``, in memory.

    Raises
    ------
    InputError : it is missing, cut short, no netCDF at all, or does not tell what made it.
    """
    if os.path.isdir(path):
        raise InputError(f"{path}: a folder; give one of the .nc files in it")
    if os.path.isfile(path) and not _is_netcdf(path):
        raise InputError(f"{path}: no netCDF file; give one that the workflow made, ending in .nc")
    dataset = store.read(path)
    if kind_of(dataset).stage:
        for name in ("settings", "wildcards"):
            _require_json(dataset.attrs[name], f"{path}, attribute {name}")
    return dataset


def made_by_workflow(path: Path) -> bool:
    """Whether a netCDF file, of whatever version and times, is one of the workflow's.

    What cannot be read is not.
    """
    try:
        with xr.open_dataset(path, engine="netcdf4", decode_times=False) as dataset:
            return bool(kind_of(dataset).stage)
    except store.UNREADABLE:
        return False


def opened_as(path: Path, stage: str) -> xr.Dataset:
    """The file at ``path``, which must be of the kind that lies at ``stage`` in the results.

    Raises
    ------
    InputError : as ``opened``, and where it is of another kind.
    """
    dataset = opened(path)
    kind = kind_of(dataset)
    if kind.stage != stage:
        wanted = next(known.meaning for known in KINDS if known.stage == stage)
        raise InputError(
            f"{path}: {kind.meaning}, where {wanted} should be; look in results/{stage}"
        )
    return dataset


def _require_json(text: object, where: str) -> None:
    """Raise InputError for an attribute that is not names and values in JSON."""
    try:
        told = json.loads(str(text))
    except json.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise InputError(f"{where}: no names and values in JSON; run the workflow again")


def _is_netcdf(path: Path) -> bool:
    """Whether it begins as the netCDF-4 files do that are read and written here."""
    try:
        with path.open("rb") as file:
            return file.read(len(HDF5_SIGNATURE)) == HDF5_SIGNATURE
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); make it readable") from error
