"""``chaoslearn tau``: λ_max and τ_pred of a series in a file, as rule estimate_exponents has them.

The whole file is used, where the rule leaves out the held-out part.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import xarray as xr

from chaoslearn.command.kinds import made_by_workflow
from chaoslearn.command.text import aligned, between, number
from chaoslearn.errors import InputError
from chaoslearn.figures import divergence, style
from chaoslearn.records import estimated, exponents
from chaoslearn.series.from_file import FileSeries, read_series


def run(
    *,
    file: Path,
    dt: float | None,
    time_column: str | None,
    columns: Sequence[str] | None,
    unit: str,
    picture: Path | None,
) -> list[str]:
    """λ_max and τ_pred with their intervals; draws the fit they come from.

    Raises
    ------
    InputError : the file cannot be used, or shows no exponent; the picture is there then, too.
    """
    _refuse_results(file)
    found = read_series(str(file), columns=columns, step=dt, time_column=time_column)
    _require_deviation(found, file)
    estimate, kantz = estimated.from_data(found.series, found.step)
    dataset = exponents.to_dataset(estimate, kantz, None, None, step=found.step, unit=unit)
    drawn = picture or Path(f"divergence-{file.stem}.png")
    style.save(divergence.draw(dataset), drawn)
    if estimate.refused:
        raise InputError(
            f"{file}: {estimate.refused}; see {drawn}, then give a longer or cleaner series"
        )
    samples, step = len(found.series), f"{found.step:g}" + ("" if unit == "1" else f" {unit}")
    head = f"{file}: {', '.join(found.components)}; {samples} samples every {step}"
    return [head, *aligned([*_rows(dataset, unit), ["picture", str(drawn)]])]


def _refuse_results(file: Path) -> None:
    """A series of the workflow has more columns than were observed, and its exponents beside it."""
    if file.suffix == ".nc" and os.path.isfile(file) and made_by_workflow(file):
        raise InputError(
            f"{file}: made by the workflow, which estimated its exponents, too; show the file of "
            "that name in the folder exponents of the results"
        )


def _require_deviation(found: FileSeries, file: Path) -> None:
    """Beyond about 1e154, or 1e-162, squares of numbers and so their deviation are no numbers."""
    with np.errstate(over="ignore", invalid="ignore"):
        deviation = found.series.std(axis=0)
    for name, width in zip(found.components, deviation, strict=True):
        if not 0 < width < np.inf:
            raise InputError(
                f"{file}, column {name}: its numbers are too large or too small to compute with; "
                "give them in another unit"
            )


def _rows(dataset: xr.Dataset, unit: str) -> list[list[str]]:
    rate = "per unit of time" if unit == "1" else f"per {unit}"
    exponent, time = dataset["largest_exponent_from_data"], dataset["predictability_time"]
    kantz = dataset["largest_exponent_from_data_kantz"]
    straight = np.isfinite(dataset["exponent_of_embedding"].values)
    duration = float(time) * float(dataset.attrs["sampling_step"])
    return [
        ["λ_max", f"{_told(exponent, dataset)} {rate}"],
        ["by Kantz", f"{_told(kantz, dataset)} {rate}" if np.isfinite(kantz) else "none"],
        ["τ_pred", f"{_told(time, dataset)} steps, {number(duration)} {_unit_of_time(unit)}"],
        ["fitted", f"{straight.sum()} of {len(straight)} embeddings have a straight range"],
    ]


def _told(value: xr.DataArray, dataset: xr.Dataset) -> str:
    return f"{number(float(value))} {between(dataset[f'{value.name}_interval'])}"


def _unit_of_time(unit: str) -> str:
    return "units of time" if unit == "1" else unit
