"""Tables over all runs and all series."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from chaoslearn.errors import InputError
from chaoslearn.store import variable

PER_RUN = (
    "state_space_divergence",
    "spectrum_distance",
    "failed",
    "fraction_outside",
    "valid_prediction_time",
    "kaplan_yorke_dimension",
    "state_space_divergence_floor",
    "spectrum_distance_floor",
)


def measures_table(datasets: Sequence[xr.Dataset]) -> xr.Dataset:
    """The measures of all runs along ``run``; a run with fewer members is padded with NaN.

    Parameters
    ----------
    datasets : measures files, each of one series × cell × forcing.
    """
    names = [json.loads(dataset.attrs["wildcards"]) for dataset in datasets]
    kept = [
        dataset[list(PER_RUN)].assign(largest_exponent=dataset["exponent"].isel(index=0, drop=True))
        for dataset in datasets
    ]
    table = xr.concat(kept, "run", join="outer", combine_attrs="override")
    table.attrs = {}
    for part in ("series", "cell", "forcing"):
        table[part] = variable("run", [name[part] for name in names], f"{part} of the run")
    return table


def flat(table: xr.Dataset) -> pd.DataFrame:
    """One row for each run, convention and member."""
    frame = table.to_dataframe().reset_index()
    first = ["series", "cell", "forcing", "convention", "member"]
    frame = frame[[*first, *(c for c in frame.columns if c not in (*first, "run"))]]
    return frame.dropna(subset=["failed"]).sort_values(first)


def exponents_table(datasets: Sequence[xr.Dataset]) -> pd.DataFrame:
    """One row for each series: λ₁ computed ± error, referenced, from data, and τ_pred of each."""
    return pd.DataFrame([_exponents_row(dataset) for dataset in datasets])


def write_csv(table: pd.DataFrame, path: str | Path) -> None:
    """Write ``table`` under its final name only when whole.

    Raises
    ------
    InputError : the place cannot be written.
    """
    target = Path(path)
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        table.to_csv(partial, index=False, float_format="%.6g")
        os.replace(partial, target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error}); make room, then retry") from error
    finally:
        partial.unlink(missing_ok=True)


def _exponents_row(dataset: xr.Dataset) -> dict[str, str | float]:
    row: dict[str, str | float] = {"series": json.loads(dataset.attrs["wildcards"])["series"]}
    for name in ("exponent", "reference"):
        values = dataset[name].values if name in dataset else np.array([])
        for index in range(3):
            row[f"{name}_{index + 1}"] = float(values[index]) if index < len(values) else np.nan
    row["exponent_1_error"] = row["exponent_sum"] = np.nan
    if "exponent" in dataset:
        row["exponent_1_error"] = float(dataset["exponent_error"][0])
        row["exponent_sum"] = float(dataset["exponent"].sum())
    for name in ("largest_exponent_from_data", "predictability_time"):
        low, high = dataset[f"{name}_interval"].values
        row |= {name: float(dataset[name]), f"{name}_low": low, f"{name}_high": high}
    row["unit"] = str(dataset["largest_exponent"].attrs["units"])
    row["refused"] = str(dataset.attrs["refused"])
    return row
