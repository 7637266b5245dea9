"""netCDF in and out: described variables, provenance in the attributes, atomic writes.

A file written here opens in plain ``xarray.open_dataset`` and says by itself what it holds: every
variable carries ``long_name`` and ``units``, every file the settings and the code that made it.
There is no time stamp in it, so equal inputs give equal files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from chaoslearn.errors import InputError
from chaoslearn.writing import atomic

UNREADABLE = (OSError, RuntimeError, ValueError)
"""What xarray and netCDF4 raise for a file that they cannot read."""

RECORDED_PACKAGES = ("numpy", "scipy", "torch", "numba", "xarray", "netCDF4")


def write(
    dataset: xr.Dataset,
    path: str | Path,
    *,
    key: str,
    settings: Mapping[str, Any],
    wildcards: Mapping[str, str] | None = None,
    device: str = "cpu",
) -> None:
    """Write ``dataset`` to ``path``: compressed, described, under its final name only when whole.

    Parameters
    ----------
    dataset : every variable has the attributes ``long_name`` and ``units`` ("1" if none).
    key : the rerun key of the job (code, settings and the keys of its inputs); ``make check``
        compares it with what code and config say now.
    settings : the resolved config values of the job, stored as JSON text.
    wildcards : the workflow's names of this file (series, cell, forcing, ...).
    device : what computed it.

    Raises
    ------
    InputError : a variable without description, or a place that cannot be written.
    """
    _require_descriptions(dataset)
    described = dataset.assign_attrs(
        dataset.attrs
        | {
            "Conventions": "CF-1.11",
            "key": key,
            "settings": json.dumps(settings, sort_keys=True),
            "wildcards": json.dumps(dict(wildcards or {}), sort_keys=True),
            "packages": packages(),
            "device": device,
        }
    )
    encoding = {
        str(name): {"zlib": True, "complevel": 4, "shuffle": True}
        for name, variable in dataset.variables.items()
        if variable.dtype.kind in "fiub" and variable.ndim > 0
    }
    with atomic(path) as partial:
        try:
            described.to_netcdf(partial, engine="netcdf4", encoding=encoding)
        except RuntimeError as error:  # what netCDF4 raises where there is no room
            raise OSError(str(error)) from error


def packages() -> str:
    """The versions of what computes, as JSON text."""
    return json.dumps({name: metadata.version(name) for name in RECORDED_PACKAGES})


def read(path: str | Path) -> xr.Dataset:
    """The whole file in memory, closed again.

    Raises
    ------
    InputError : the file is missing, truncated or no netCDF.
    """
    try:
        with xr.open_dataset(path, engine="netcdf4", decode_times=False) as dataset:
            return dataset.load()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; run the workflow to make it") from error
    except UNREADABLE as error:
        raise InputError(
            f"{path}: not a readable netCDF file ({error}); unless another program holds it, "
            "delete it and run the workflow again"
        ) from error


def variable(
    dimensions: str | tuple[str, ...], values: Any, long_name: str, units: str = "1"
) -> xr.Variable:
    """A described variable: ``dimensions`` name the axes of ``values`` in order."""
    return xr.Variable(dimensions, np.asarray(values), {"long_name": long_name, "units": units})


def per(unit: str) -> str:
    """The unit of a rate: "1/s" per "s"; "1" where time has none."""
    return "1" if unit == "1" else f"1/{unit}"


def _require_descriptions(dataset: xr.Dataset) -> None:
    bare = [
        str(name)
        for name, array in dataset.variables.items()
        if not {"long_name", "units"} <= array.attrs.keys()
    ]
    if bare:
        raise InputError(f"variables without long_name and units: {', '.join(bare)}; add both")
