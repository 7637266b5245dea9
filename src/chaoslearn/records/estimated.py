"""From an observed series to its exponents file: both estimates from data, and the equations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.lyapunov.from_data import ExponentFromData, largest_exponent_from_series
from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.records.exponents import to_dataset
from chaoslearn.records.series import from_dataset

Array = NDArray[np.float64]

# Fewer than of Rosenstein: each follows ten neighbours instead of one.
KANTZ_REFERENCES = 1000


def estimate(name: str, series: xr.Dataset, settings: Mapping[str, Any]) -> xr.Dataset:
    """The exponents of series ``name``, from its training part.

    Parameters
    ----------
    series : its file.
    settings : as ``config_types.Exponents``, with ``seed`` and ``equations``, the arguments of
        ``systems.configured`` or None.

    Raises
    ------
    InputError : an orbit of the equations escapes, or the series is no sound one.
    """
    try:
        return _estimated(series, settings)
    except InputError as error:
        raise InputError(f"series {name}: {error}") from error


def from_data(series: Array, step: float) -> tuple[ExponentFromData, ExponentFromData]:
    """The estimates of a series ``(time, component)`` by Rosenstein's method and by Kantz's.

    Kantz's is averaged at fixed time, as he does: at fixed distance the mean over a cloud arrives
    with its fastest neighbours, whose growth is no measure of the others'.

    Raises
    ------
    InputError : the series is constant or not finite.
    """
    return (
        largest_exponent_from_series(series, step),
        largest_exponent_from_series(
            series, step, method="kantz", averaging="fixed time", references=KANTZ_REFERENCES
        ),
    )


def _estimated(series: xr.Dataset, settings: Mapping[str, Any]) -> xr.Dataset:
    observed = from_dataset(series)
    estimates = from_data(observed.train, observed.step)
    spectrum = reference = None
    if settings["equations"] is not None:
        system = systems.configured(**settings["equations"])
        reference = system.reference
        extent = {name: settings[name] for name in ("starts", "duration", "transient", "seed")}
        spectrum = spectrum_of_system(system, **extent)
    unit = str(series.attrs["time_unit"])
    return to_dataset(*estimates, spectrum, reference, step=observed.step, unit=unit)
