"""The file ``forced/{series}/{cell}/{forcing}.nc``: how far gradients grow between two forcings."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.orbits import as_map
from chaoslearn.gradients.adapters import one_member
from chaoslearn.gradients.forced import largest_factors
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.lyapunov.steps import stay_bounded
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable
from chaoslearn.training.free_run import lifted

INTERVALS = 60
LONGEST = 200  # of the published intervals
QUANTILES = (0.5, 0.99)


def measure(
    cell: Cell,
    weights: Weights,
    survived: NDArray[np.bool_],
    series: ObservedSeries,
    segments: int,
) -> xr.Dataset:
    """The largest gradient factor inside segments that begin on held-out data, member by member.

    Parameters
    ----------
    survived : whose training did not diverge, ``(member,)``; the others have NaN, as those with a
        segment that escapes to infinity.
    segments : how many, evenly spread.
    """
    intervals = recorded_steps(LONGEST, INTERVALS)
    observed = series.test[np.linspace(0, len(series.test) - 1, segments).astype(int)]
    factors = np.full((len(survived), len(QUANTILES), len(intervals)), np.nan)
    for position in np.flatnonzero(survived).tolist():
        net = one_member(weights, position)
        states = lifted(cell, net, observed)[0]
        if stay_bounded(as_map(cell, net)[0], states, LONGEST).all():
            found = largest_factors(cell, net, states, intervals.tolist())
            factors[position] = np.quantile(found, QUANTILES, axis=0)
    return xr.Dataset(
        {
            "largest_factor": variable(
                ("member", "quantile", "interval"),
                factors,
                "natural logarithm of the largest norm of dz_s+t/dz_s inside a segment",
            )
        },
        {
            "quantile": variable("quantile", np.array(QUANTILES), "quantile over segments"),
            "interval": variable("interval", intervals, "forcing interval tau, steps"),
        },
    )
