"""The file ``tables/growth.nc``: growth rates and exponents of all nets, and the line through them.

Apart from what measures them, so that an edit in one does not make the other anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.gradients.link import FEWEST, Line, line_through
from chaoslearn.store import variable

NAMES = ("series", "cell", "forcing")


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
    first = [*NAMES, "member"]
    measured = [n for n, found in table.items() if found.dims == ("net",) and n not in first]
    nets = table[[*first, *measured]].to_dataframe()
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
