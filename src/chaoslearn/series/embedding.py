"""Delay embedding: vectors of a series' present and past.

Takens 1981, doi:10.1007/BFb0091924.
"""

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError

Array = NDArray[np.float64]


class UndeterminedError(InputError):
    """A sound series does not show what is sought: it drifts, repeats itself or is too short."""


def embed(series: Array, dimension: int, lag: int) -> Array:
    """Delay vectors of a series `(time,)`: `(time − (dimension − 1) lag, dimension)`.

    Column j holds x(t − j lag), so the present comes first; row 0 is at t = (dimension − 1) lag.

    Raises `InputError` for a dimension or lag below 1, `UndeterminedError` for an embedding longer
    than the series.
    """
    if dimension < 1 or lag < 1:
        raise InputError(
            f"an embedding of dimension {dimension} and lag {lag} is none; give at least 1 for each"
        )
    rows = len(series) - (dimension - 1) * lag
    if rows < 1:
        raise UndeterminedError(
            f"an embedding of dimension {dimension} and lag {lag} spans {(dimension - 1) * lag + 1}"
            f" samples, but the series has {len(series)}; shorten it or give more samples"
        )
    begins = [(dimension - 1 - column) * lag for column in range(dimension)]
    return np.stack([series[begin : begin + rows] for begin in begins], axis=1)


def delay_names(component: str, dimension: int, lag: int) -> tuple[str, ...]:
    """What the columns of `embed` hold: "x(t)", "x(t-17)" and so on, lags in samples."""
    delays = [column * lag for column in range(dimension)]
    return tuple(f"{component}(t-{delay})" if delay else f"{component}(t)" for delay in delays)
