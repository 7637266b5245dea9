"""Tables over all runs and all series."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from chaoslearn.store import variable
from chaoslearn.writing import atomic

PER_RUN = (
    "state_space_divergence",
    "spectrum_distance",
    "spectrum_correlation",
    "failed",
    "fraction_outside",
    "valid_prediction_time",
    "largest_exponent_error",
    "kaplan_yorke_dimension",
    "kaplan_yorke_dimension_error",
    "state_space_divergence_floor",
    "spectrum_distance_floor",
    "spectrum_correlation_floor",
)
# What becomes a column for each value along a dimension.
PER_COLUMN = {
    "state_space_divergence_mixture": "variance",
    "state_space_divergence_mixture_floor": "variance",
    "prediction_error": "horizon",
}


def measures_table(datasets: Sequence[xr.Dataset]) -> xr.Dataset:
    """The measures of all runs along ``run``; a run with fewer members is padded with NaN.

    What has a unit has one for each run, in a variable of its own: series differ in theirs.

    Parameters
    ----------
    datasets : measures files, each of one series × cell × forcing.
    """
    names = [json.loads(dataset.attrs["wildcards"]) for dataset in datasets]
    kept = [_measures_of_run(dataset) for dataset in datasets]
    table = xr.concat(kept, "run", join="outer", combine_attrs="override").drop_attrs(deep=False)
    for part in ("series", "cell", "forcing"):
        table[part] = variable("run", [name[part] for name in names], f"{part} of the run")
    units = [str(dataset["exponent"].attrs["units"]) for dataset in datasets]
    table["unit"] = variable("run", units, "unit of the run's exponents")
    table["largest_exponent"].attrs = {
        "long_name": "largest Lyapunov exponent of the net, in the unit that `unit` names",
        "units": units[0] if len(set(units)) == 1 else "as in unit",
    }
    table["valid_prediction_time_unit"] = variable(
        "run",
        [str(dataset.attrs["valid_prediction_time_unit"]) for dataset in datasets],
        "unit of the run's valid prediction time, or why it has none",
    )
    return table


def _measures_of_run(dataset: xr.Dataset) -> xr.Dataset:
    """What is kept of a run; one variable, so one column, for each horizon and each variance."""
    dataset = dataset.drop_vars("lyapunov_time")  # of a horizon: a run has its own
    found = {
        f"{name}_{value}": dataset[name].sel({dimension: value}, drop=True)
        for name, dimension in PER_COLUMN.items()
        for value in dataset[dimension].values
    }
    found["largest_exponent"] = dataset["exponent"].isel(index=0, drop=True)
    return dataset[list(PER_RUN)].assign(found)


def flat(table: xr.Dataset) -> pd.DataFrame:
    """One row for each run, convention and member."""
    frame = table.to_dataframe().reset_index()
    first = ["series", "cell", "forcing", "convention", "member"]
    frame = frame[[*first, *(c for c in frame.columns if c not in (*first, "run"))]]
    return frame.dropna(subset=["failed"]).sort_values(first)


def exponents_table(datasets: Sequence[xr.Dataset]) -> pd.DataFrame:
    """One row for each series: exponents computed, referenced and from data, and τ_pred."""
    return pd.DataFrame([_exponents_row(dataset) for dataset in datasets])


def write_csv(table: pd.DataFrame, path: str | Path) -> None:
    """Write ``table`` under its final name only when whole.

    Raises
    ------
    InputError : the place cannot be written.
    """
    with atomic(path) as partial:
        table.to_csv(partial, index=False, float_format="%.6g")


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
    for name in (
        "largest_exponent_from_data",
        "largest_exponent_from_data_kantz",
        "predictability_time",
    ):
        low, high = dataset[f"{name}_interval"].values
        row |= {name: float(dataset[name]), f"{name}_low": low, f"{name}_high": high}
    row["unit"] = str(dataset["largest_exponent"].attrs["units"])
    for name in ("refused", "refused_kantz"):
        row[name] = str(dataset.attrs[name])
    return row
