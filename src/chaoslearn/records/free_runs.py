"""The file ``free_runs/{series}/{cell}/{forcing}.nc``: trained nets iterated on their own."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.measures.convention import CONVENTIONS
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable
from chaoslearn.training.free_run import free_run


def generate(
    cell: Cell,
    weights: Weights,
    series: ObservedSeries,
    *,
    steps: int,
    transient: int,
) -> NDArray[np.float32]:
    """Free runs in both conventions, ``(convention, member, time, component)``.

    *published*: from the first training sample, all ``steps`` kept. *standard*: from the first
    held-out sample, ``transient`` further steps dropped at the beginning.
    """
    starts = np.stack([series.train[0], series.test[0]])
    runs = free_run(cell, weights, starts, steps + transient)
    return np.stack([runs[:, 0, :steps], runs[:, 1, transient:]])


def to_dataset(
    generated: NDArray[np.float32],
    trained: xr.Dataset,
    series: xr.Dataset,
    largest_exponent: float,
) -> xr.Dataset:
    """Describe free runs ``(convention, member, time, component)`` of nets trained on a series.

    Parameters
    ----------
    trained : the training file of the nets. Of a diverged member the last finite weights run.
    largest_exponent : of the series per unit of time; NaN where it is not positive or unknown, and
        then time has no measure of its own.
    """
    step = float(series.attrs["sampling_step"])
    time = step * np.arange(1, generated.shape[2] + 1)
    return xr.Dataset(
        {
            "generated": variable(
                ("convention", "member", "time", "component"),
                generated,
                "free run of the trained net, standardised as the series",
            ),
            "diverged_at": trained["diverged_at"].variable,
        },
        {
            "convention": variable(
                "convention", list(CONVENTIONS), "convention of start and transient"
            ),
            "member": trained["member"].variable,
            "time": variable("time", time, "time", series.attrs["time_unit"]),
            "lyapunov_time": variable("time", time * largest_exponent, "time in Lyapunov times"),
            "component": series["component"].variable,
        },
    )
