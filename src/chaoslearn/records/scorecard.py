"""From the files of the workflow to the evidence of the scorecard, and its rows to ``.csv``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from chaoslearn.lyapunov.predictability import PredictabilityTime
from chaoslearn.records.tables import write_csv
from chaoslearn.scorecard.ensembles import Ensemble, ensembles_of
from chaoslearn.scorecard.evidence import Evidence, Sweep
from chaoslearn.scorecard.row import COLUMNS, Row


def evidence(
    measures: Sequence[xr.Dataset],
    exponents: Sequence[xr.Dataset],
    theorems: pd.DataFrame | None,
    settings: Mapping[str, Any],
) -> Evidence:
    """What claims are judged by.

    Parameters
    ----------
    measures : measures files, each of one series × cell × forcing.
    exponents : exponents files of the same series.
    theorems : the table of theorem verdicts; None where none is made.
    settings : ``seed``, and ``sweeps``, each with the fields of `Sweep`.
    """
    times = {_wildcards(dataset)["series"]: _time(dataset) for dataset in exponents}
    return Evidence(
        ensembles=tuple(
            ensemble for dataset in measures for ensemble in _ensembles(dataset, times)
        ),
        times=times,
        sweeps=tuple(_sweep(sweep) for sweep in settings["sweeps"]),
        theorems=theorems,
        seed=settings["seed"],
    )


def table(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows with the columns that a reader looks for."""
    return pd.DataFrame([[getattr(row, name) for name in COLUMNS] for row in rows], columns=COLUMNS)


def write(rows: Sequence[Row], path: str | Path) -> None:
    """Write ``scorecard.csv``.

    Raises
    ------
    InputError : the place cannot be written.
    """
    write_csv(table(rows), path)


def _ensembles(dataset: xr.Dataset, times: Mapping[str, PredictabilityTime]) -> list[Ensemble]:
    names = _wildcards(dataset)
    return ensembles_of(dataset, **names, predictability_time=times[names["series"]].steps)


def _sweep(settings: Mapping[str, Any]) -> Sweep:
    lists = {name: tuple(settings[name]) for name in ("cells", "forcings")}
    return Sweep(**{**settings, **lists})


def _time(dataset: xr.Dataset) -> PredictabilityTime:
    low, high = (float(end) for end in dataset["predictability_time_interval"].values)
    return PredictabilityTime(float(dataset["predictability_time"]), low, high)


def _wildcards(dataset: xr.Dataset) -> dict[str, str]:
    return dict(json.loads(dataset.attrs["wildcards"]))
