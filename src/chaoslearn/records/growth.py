"""The file ``growth/{series}/{cell}/{forcing}.nc``: the rate at which the Jacobian's norm grows,
beside the exponent, in every net of an ensemble."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.gradients.adapters import one_member
from chaoslearn.gradients.growth import growth_rate
from chaoslearn.gradients.orbits import orbits_of
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.records.nets import first_held_out
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable

RECORDED = 50

MEANING = {
    "growth_rate": "slope of ln norm of dz_T/dz_1 against T, per step",
    "growth_rate_error": "its standard error over starts, per step",
    "largest_exponent": "largest Lyapunov exponent by QR on orbits of their own, per step",
    "largest_exponent_error": "its standard error over orbits, per step",
    "largest_exponent_resolution": "up to this it is as good as zero, per step",
}


@dataclass(frozen=True)
class Growth:
    """Of one net, in the order of ``MEANING``; NaN where it has none."""

    rate: float = np.nan
    rate_error: float = np.nan
    exponent: float = np.nan
    exponent_error: float = np.nan
    resolution: float = np.nan


def measure(
    cell: Cell,
    weights: Weights,
    survived: NDArray[np.bool_],
    series: ObservedSeries,
    *,
    starts: int,
    steps: int,
) -> xr.Dataset:
    """Growth of every member on the attractor that the first held-out sample leads to.

    Parameters
    ----------
    survived : whose training did not diverge, ``(member,)``; the others have NaN.
    starts, steps : orbits, and the last T.
    """
    found = []
    for position, trained in enumerate(survived):
        net = one_member(weights, position)
        found.append(_growth(cell, net, series, starts, steps) if trained else Growth())
    columns = np.array([astuple(growth) for growth in found]).T
    return xr.Dataset(
        {
            name: variable("member", column, meaning)
            for (name, meaning), column in zip(MEANING.items(), columns, strict=True)
        }
    )


def _growth(cell: Cell, net: Weights, series: ObservedSeries, starts: int, steps: int) -> Growth:
    orbits = orbits_of(cell, net, first_held_out(cell, net, series), starts=starts, steps=steps)
    if orbits is None:
        return Growth()
    times = recorded_steps(steps, RECORDED)
    norms = jacobian_trace(cell, net, orbits.beginnings, times.tolist())
    growth = growth_rate(times, norms)
    return Growth(
        growth.rate,
        growth.error,
        float(orbits.spectrum.exponent[0]),
        float(orbits.spectrum.exponent_error[0]),
        orbits.spectrum.resolution,
    )
