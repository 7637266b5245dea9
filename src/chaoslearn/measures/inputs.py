"""What every measure asks of the two series it compares, and when a free run has failed."""

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.escape import bounded, escape_bound

Series = npt.NDArray[np.float64]

STANDING_STILL = 1e-6
"""A component does not move whose standard deviation is below this fraction of its size, or of how
far the true one moves, where it comes to rest near zero: float32 round-off at a fixed point is an
order of magnitude smaller than the larger of the two."""


def paired_series(true: npt.ArrayLike, generated: npt.ArrayLike) -> tuple[Series, Series]:
    """Both series as float64 `(time, component)` arrays, checked to be comparable.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`; its length may differ, and it may
            hold values that are not finite (a diverged run is a result, not bad input).

    Raises:
        InputError: an array is not `(time, component)`, is shorter than two samples, the two
            differ in the number of components, or the true series is not finite.
    """
    pair = (np.asarray(true, dtype=np.float64), np.asarray(generated, dtype=np.float64))
    for name, series in zip(("true", "generated"), pair, strict=True):
        if series.ndim != 2 or series.shape[0] < 2:
            raise InputError(
                f"{name} series: shape {series.shape}, but a measure needs (time, component) "
                "with at least two samples; pass a two-dimensional array"
            )
    if pair[0].shape[1] != pair[1].shape[1]:
        raise InputError(
            f"true series has {pair[0].shape[1]} components, generated {pair[1].shape[1]}; "
            "compare the same components"
        )
    if not np.isfinite(pair[0]).all():
        raise InputError("true series holds values that are not finite; clean it before measuring")
    return pair


def stands_still(
    series: Series, spread: Series | float = 0.0, axis: int = 0
) -> npt.NDArray[np.bool_]:
    """Which components do not move along `axis`, up to round-off.

    `spread` `(component,)` is how far the true series moves, its standard deviation.
    """
    size = np.sqrt(np.mean(np.square(series), axis=axis))
    return np.asarray(np.std(series, axis=axis) <= STANDING_STILL * np.maximum(size, spread))


def surrounding_box(true: Series) -> tuple[Series, Series]:
    """Range of the true series widened by 0.1 standard deviations: `(component,)` low and high."""
    margin = 0.1 * true.std(axis=0)
    return true.min(axis=0) - margin, true.max(axis=0) + margin


def lies_inside(true: Series, generated: Series) -> npt.NDArray[np.bool_]:
    """Which samples of a free run lie in the box around the true series: `(time,)`."""
    low, high = surrounding_box(true)
    return np.asarray(((generated >= low) & (generated <= high)).all(axis=1))


def failure(true: npt.ArrayLike, generated: npt.ArrayLike) -> str:
    """Why a free run is no reconstruction at all, or "" where it can be one.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`.

    Returns:
        "diverged" (a value is not finite, or out of all proportion), "constant" (the last tenth of
        the run stands still in every component), "outside" (no sample of that tenth lies in the
        box around the true series), or "".

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = paired_series(true, generated)
    if not bounded(generated, escape_bound(true)).all():
        return "diverged"
    end = generated[-max(2, len(generated) // 10) :]
    if stands_still(end, true.std(axis=0)).all():
        return "constant"
    return "" if lies_inside(true, end).any() else "outside"
