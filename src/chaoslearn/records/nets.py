"""The nets of a training file as what measures them takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn import cells
from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.records import series as series_record
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.training import weights_of
from chaoslearn.training.free_run import lifted


def of_each_member(
    measure: Callable[..., xr.Dataset],
    cell_name: str,
    trained: xr.Dataset,
    series: xr.Dataset,
    settings: Mapping[str, Any],
) -> xr.Dataset:
    """What ``measure`` finds in the nets of a training file, under the members' numbers.

    Parameters
    ----------
    measure : takes the cell, the weights ``(member, ...)``, whose training did not diverge
        ``(member,)``, the series they were trained on, and ``settings`` by name.
    """
    cell = cells.load(cell_name)
    survived = trained["diverged_at"].values < 0
    observed = series_record.from_dataset(series)
    dataset = measure(cell, weights_of(trained, cell), survived, observed, **settings)
    return dataset.assign_coords(member=trained["member"])


def first_held_out(cell: Cell, net: Weights, series: ObservedSeries) -> NDArray[np.float64]:
    """The state ``(state,)`` of one member's net ``(1, ...)`` at the first held-out sample."""
    state: NDArray[np.float64] = lifted(cell, net, series.test[:1])[0, 0]
    return state
