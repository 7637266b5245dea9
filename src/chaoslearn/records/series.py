"""The file ``series/{series}.nc``: an observed series, standardised, split by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.store import variable

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ObservedSeries:
    """A series as the stages above use it.

    Attributes
    ----------
    train, test : ``(time, component)``, standardised.
    step : sampling step, in units of time.
    """

    train: Array
    test: Array
    step: float


def to_dataset(
    observed: Array,
    split: NDArray[np.int8],
    time: Array,
    *,
    mean: Array,
    scale: Array,
    components: Sequence[str],
    step: float,
    unit: str,
    origin: dict[str, str | float],
) -> xr.Dataset:
    """Describe a series.

    Parameters
    ----------
    observed : ``(time, component)``, standardised: (raw − mean) / scale.
    split : ``(time,)``, 0 for the samples to train on, 1 for those held out.
    time : ``(time,)``, in ``unit``; it may leap between the two parts.
    mean, scale : ``(component,)``.
    origin : what is known of where it comes from (equations, solver, file), as attributes.
    """
    variables = {
        "observed": variable(("time", "component"), observed, "standardised observed series"),
        "split": variable("time", split, "part of the series: 0 train, 1 test"),
        "mean": variable("component", mean, "mean subtracted from the raw series"),
        "scale": variable("component", scale, "scale the raw series was divided by"),
    }
    coordinates = {
        "time": variable("time", time, "time", unit),
        "component": variable("component", list(components), "observed component"),
    }
    return xr.Dataset(variables, coordinates, {"sampling_step": step, "time_unit": unit, **origin})


def from_dataset(dataset: xr.Dataset) -> ObservedSeries:
    """The two parts of a series and its sampling step."""
    observed = np.asarray(dataset["observed"].values, np.float64)
    held_out = dataset["split"].values.astype(bool)
    return ObservedSeries(
        observed[~held_out], observed[held_out], float(dataset.attrs["sampling_step"])
    )
