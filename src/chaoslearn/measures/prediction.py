"""How far ahead a model predicts: error after n steps, and valid prediction time."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.measures.inputs import Series

HORIZONS = (1, 5, 20)


def prediction_error(
    truth: npt.ArrayLike, forecast: npt.ArrayLike, horizons: Sequence[int] = HORIZONS
) -> Series:
    """PE(n): mean squared error n steps ahead, over starts and components.

    Args:
        truth: what happened, `(start, horizon, component)`; index 0 is one step ahead.
        forecast: what the model said, the same shape.
        horizons: the n, in steps, >= 1.

    Returns:
        `(len(horizons),)`, in squared units of the series; infinite where a forecast is not
        finite (it is infinitely wrong).

    Raises:
        InputError: shapes differ, or a horizon lies outside the forecast.
    """
    truth, forecast = _paired_forecasts(truth, forecast)
    for horizon in horizons:
        if not 1 <= horizon <= truth.shape[1]:
            raise InputError(
                f"prediction error: horizon {horizon} lies outside 1..{truth.shape[1]} steps; "
                "forecast further or ask for less"
            )
    steps = np.asarray(horizons, dtype=np.int64) - 1
    error = np.mean(np.square(forecast[:, steps] - truth[:, steps]), axis=(0, 2))
    return np.where(np.isfinite(error), error, np.inf)


def valid_prediction_time(
    truth: npt.ArrayLike,
    forecast: npt.ArrayLike,
    scale: npt.ArrayLike,
    step_in_lyapunov_times: float,
    threshold: float = 0.5,
) -> Series:
    """First time at which the normalised error of a forecast exceeds `threshold`.

    NRMSE(t) = √ mean over components of ((forecast − truth) / scale)² (Vlachas et al., Neural
    Networks 2020, doi:10.1016/j.neunet.2020.02.016). Take at least 100 starts and their median:
    the times scatter widely over an attractor.

    Args:
        truth: what happened, `(start, horizon, component)`; index 0 is one step ahead.
        forecast: what the model said, the same shape.
        scale: standard deviation of the true series, `(component,)`, or one number.
        step_in_lyapunov_times: sampling step times λ_max (1 if times in steps are wanted).
        threshold: the NRMSE at which a forecast has lost the track.

    Returns:
        `(start,)`, in Lyapunov times. A forecast that keeps the track to its end gets its whole
        length: a lower bound. One that is not finite has lost the track.

    Raises:
        InputError: shapes differ, or scale is not positive.
    """
    truth, forecast = _paired_forecasts(truth, forecast)
    scale = np.asarray(scale, dtype=np.float64)
    if not (scale > 0).all():
        raise InputError("valid prediction time: scale must be positive for every component")
    error = np.sqrt(np.mean(np.square((forecast - truth) / scale), axis=2))
    on_track = error <= threshold  # false for nan as well
    horizon = truth.shape[1]
    first_lost = np.where(on_track.all(axis=1), horizon - 1, np.argmin(on_track, axis=1))
    times: Series = (first_lost + 1) * step_in_lyapunov_times
    return times


def _paired_forecasts(truth: npt.ArrayLike, forecast: npt.ArrayLike) -> tuple[Series, Series]:
    pair = (np.asarray(truth, dtype=np.float64), np.asarray(forecast, dtype=np.float64))
    if pair[0].ndim != 3 or pair[0].shape != pair[1].shape:
        raise InputError(
            f"forecasts: truth {pair[0].shape} and forecast {pair[1].shape} must both be "
            "(start, horizon, component)"
        )
    return pair
