"""``chaoslearn measures``: how good all reconstructions are, a row a run."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from chaoslearn.command.kinds import MEASURES_TABLE, opened_as
from chaoslearn.command.text import aligned, number
from chaoslearn.errors import InputError
from chaoslearn.figures.ensemble import summarise


class Column(NamedTuple):
    """A measure: its heading, its variable in the file, and which end of it is the better one."""

    heading: str
    variable: str
    higher_is_better: bool = False


MEASURES = (
    Column("D_stsp", "state_space_divergence"),
    Column("D_H", "spectrum_distance"),
    Column("PSC", "spectrum_correlation", higher_is_better=True),
    Column("PE_20", "prediction_error_20"),
    Column("valid_time", "valid_prediction_time", higher_is_better=True),
    Column("exponent_error", "largest_exponent_error"),
    Column("dimension_error", "kaplan_yorke_dimension_error"),
)
WITH_FLOOR = ("D_stsp", "D_H", "PSC")
HEADINGS = ("series", "cell", "forcing", "failed", *(column.heading for column in MEASURES))
LEGEND = (
    "median over members, one without a value ranked as worst (inf: half or more have none);",
    "failed: no reconstruction at all; floor: between two stretches of the true series;",
    "PE_20: squared error 20 steps ahead; valid_time: in Lyapunov times; exponent_error and",
    "dimension_error: relative, of the largest exponent and of the Kaplan-Yorke dimension",
)


def run(
    *, results: Path, sort: str | None, series: str | None, cell: str | None, forcing: str | None
) -> list[str]:
    """The table of the runs in ``results`` of these names; of any where a name is None."""
    path = results / "tables" / "measures.nc"
    table = opened_as(path, MEASURES_TABLE)
    for part, name in {"series": series, "cell": cell, "forcing": forcing}.items():
        if name is not None:
            table = _only(table, part, name, path)
    return table_lines(table, sort)


def table_lines(table: xr.Dataset, sort: str | None = None) -> list[str]:
    """A table for each convention.

    Raises
    ------
    InputError : ``sort`` is no heading and no variable of the file that has one.
    """
    lines = []
    for convention in table["convention"].values:
        frame = summary(table.sel(convention=convention))
        if sort is not None:
            frame = _sorted(frame, sort)
        lines += [f"{convention} convention", *aligned(_cells(frame)), ""]
    return [*lines, *LEGEND]


def summary(table: xr.Dataset) -> pd.DataFrame:
    """One row a run: names, members, failed, and medians as the figures show them.

    Parameters
    ----------
    table : the table of measures in one convention.
    """
    return pd.DataFrame([_row(table.isel(run=place)) for place in range(table.sizes["run"])])


def _row(run: xr.Dataset) -> dict[str, str | float]:
    # A run with fewer members than the largest is padded.
    run = run.isel(member=np.flatnonzero(run["failed"].notnull()))
    row: dict[str, str | float] = {part: str(run[part].values) for part in HEADINGS[:3]}
    row["members"] = run.sizes["member"]
    for column in MEASURES:
        sign = -1 if column.higher_is_better else 1
        found = summarise(sign * run[column.variable], run["failed"])
        known = _defined(run, column.variable) and found.median != -sign * np.inf
        row[column.heading] = sign * found.median if known else np.nan
        if column.heading in WITH_FLOOR:
            row[f"{column.heading}_floor"] = float(run[f"{column.variable}_floor"])
        if column.heading == "D_stsp":
            row["failed"] = found.failed
    return row


def _defined(run: xr.Dataset, name: str) -> bool:
    """Whether a measure can be had: a member has it, or all have failed."""
    sound = run[name].where(run["failed"] == 0, drop=True)
    return not sound.size or bool(sound.notnull().any())


def _sorted(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Best first."""
    headings = {column.variable: column.heading for column in MEASURES}
    heading = headings.get(name, name)
    if heading not in HEADINGS:
        raise InputError(f"--sort {name}: no such column; there are {', '.join(HEADINGS)}")
    best_is_high = {column.heading for column in MEASURES if column.higher_is_better}
    return frame.sort_values(heading, ascending=heading not in best_is_high, kind="stable")


def _only(table: xr.Dataset, part: str, name: str, path: Path) -> xr.Dataset:
    names = table[part].values
    if name not in names:
        known = ", ".join(dict.fromkeys(names.tolist()))
        raise InputError(f"{path}: no run with {part} {name!r}; there are {known}")
    return table.isel(run=np.flatnonzero(names == name))


def _cells(frame: pd.DataFrame) -> list[list[str]]:
    head = [f"{name} (floor)" if name in WITH_FLOOR else name for name in HEADINGS]
    return [head, *([_cell(row, name) for name in HEADINGS] for _, row in frame.iterrows())]


def _cell(row: pd.Series, heading: str) -> str:
    value = row[heading]
    if heading == "failed":
        return f"{value} of {row['members']}"
    if heading in WITH_FLOOR:
        return f"{number(value)} ({number(row[f'{heading}_floor'])})"
    return value if isinstance(value, str) else number(value)
