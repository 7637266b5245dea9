"""The files ``growth/{series}/{cell}/{forcing}.nc`` and ``tables/growth.nc``: the rate at which the
Jacobian's norm grows, beside the exponent, in every trained net there is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd
import torch
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.gradients.adapters import one_member
from chaoslearn.gradients.growth import growth_rate
from chaoslearn.gradients.link import FEWEST, Line, line_through
from chaoslearn.gradients.orbits import orbits_of
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.records.nets import first_held_out
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable

NAMES = ("series", "cell", "forcing")
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
    weights: Mapping[str, Tensor],
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


def _growth(
    cell: Cell, net: Mapping[str, Tensor], series: ObservedSeries, starts: int, steps: int
) -> Growth:
    orbits = orbits_of(cell, net, first_held_out(cell, net, series), starts=starts, steps=steps)
    if orbits is None:
        return Growth()
    times = recorded_steps(steps, RECORDED)
    norms = jacobian_trace(cell, net, torch.from_numpy(orbits.beginnings), times.tolist())
    growth = growth_rate(times, norms)
    return Growth(
        growth.rate,
        growth.error,
        float(orbits.spectrum.exponent[0]),
        float(orbits.spectrum.exponent_error[0]),
        orbits.spectrum.resolution,
    )


def table(datasets: Sequence[xr.Dataset]) -> xr.Dataset:
    """All nets along ``net``, and the line through them.

    ``slope`` and ``intercept`` ``(subset)`` of growth rate against exponent, with bootstrap
    intervals over nets: of all that have both, and of the chaotic ones; NaN for fewer than three.
    """
    nets = xr.concat([_along_nets(dataset) for dataset in datasets], "net").drop_attrs(deep=False)
    rate, exponent = nets["growth_rate"].values, nets["largest_exponent"].values
    margin = np.maximum(
        2 * nets["largest_exponent_error"].values, nets["largest_exponent_resolution"].values
    )
    chaotic = exponent > margin
    nets["chaotic"] = variable("net", chaotic, "the exponent is positive beyond its error")
    known = np.isfinite(rate) & np.isfinite(exponent)
    lines = [_line(exponent[chosen], rate[chosen]) for chosen in (known, known & chaotic)]
    coordinates = {
        "subset": variable("subset", ["all", "chaotic"], "nets the line goes through"),
        "bound": variable("bound", ["low", "high"], "end of an interval"),
    }
    both = ("subset", "bound")
    return nets.assign_coords(coordinates).assign(
        slope=variable("subset", [line.slope for line in lines], "slope of rate against exponent"),
        slope_interval=variable(both, [line.slope_interval for line in lines], "95 % interval"),
        intercept=variable(
            "subset", [line.intercept for line in lines], "rate at exponent 0, per step"
        ),
        intercept_interval=variable(
            both, [line.intercept_interval for line in lines], "95 % interval, per step"
        ),
    )


def flat(table: xr.Dataset) -> pd.DataFrame:
    """One row for each net."""
    nets = table[[*NAMES, "member", *MEANING, "chaotic"]].to_dataframe()
    return nets.reset_index(drop=True)


def _along_nets(dataset: xr.Dataset) -> xr.Dataset:
    """A file's members as nets that carry their names."""
    names = json.loads(dataset.attrs["wildcards"])
    nets = dataset.drop_indexes("member").reset_coords("member").rename_dims(member="net")
    count = nets.sizes["net"]
    return nets.assign(
        {name: variable("net", [names[name]] * count, f"{name} of the net") for name in NAMES}
    )


def _line(exponents: NDArray[np.float64], rates: NDArray[np.float64]) -> Line:
    if len(exponents) < FEWEST:
        return Line(np.nan, (np.nan, np.nan), np.nan, (np.nan, np.nan))
    return line_through(exponents, rates, np.random.default_rng(0))
