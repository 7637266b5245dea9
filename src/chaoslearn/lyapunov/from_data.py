"""The largest Lyapunov exponent of a series, from the series alone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.in_embedding import (
    EmbeddingEstimate,
    estimate_in_embedding,
    nothing_known,
)
from chaoslearn.lyapunov.timescales import automatic_delay, mean_period
from chaoslearn.series.automatic_embedding import automatic_dimension
from chaoslearn.series.embedding import UndeterminedError, embed
from chaoslearn.series.observe import standardise

Array = npt.NDArray[np.float64]
Method = Literal["rosenstein", "kantz"]
Averaging = Literal["fixed distance", "fixed time"]

NEIGHBOURS: dict[Method, int] = {"rosenstein": 1, "kantz": 10}
EMBEDDINGS = 4  # dimensions tried, from the automatic one upwards
CURVE_LAGS = 200  # of the curves that are stored and drawn
UNKNOWN = (np.nan, np.full(2, np.nan))  # exponent and interval of a refused series


@dataclass(frozen=True)
class ExponentFromData:
    """The largest exponent of a series with all that is needed to judge it.

    Attributes:
        largest_exponent: per time unit; NaN where refused.
        interval: (2,) 95 % interval over embeddings, fit ranges and reference points.
        refused: why there is no exponent, or "".
        method: "rosenstein" or "kantz".
        averaging: "fixed distance" or "fixed time".
        delay, theiler_window: in samples; a delay of 0 where the series shows none.
        embedding_dimension: (embedding,) number of delays; each takes all components. One row of
            dimension 1 where the series shows none.
        exponent_of_embedding: (embedding,) NaN where that embedding has no straight range.
        log_divergence: (embedding, lag) mean ln distance; NaN beyond the last known point, and
            everywhere where no neighbours could be followed.
        lag_time: (lag,) in time units.
        fit_start, fit_stop: (embedding,) the straight range in time units; NaN where none.
    """

    largest_exponent: float
    interval: Array
    refused: str
    method: Method
    averaging: Averaging
    delay: int
    theiler_window: int
    embedding_dimension: npt.NDArray[np.intp]
    exponent_of_embedding: Array
    log_divergence: Array
    lag_time: Array
    fit_start: Array
    fit_stop: Array


def largest_exponent_from_series(
    series: Array,
    step: float,
    *,
    method: Method = "rosenstein",
    averaging: Averaging = "fixed distance",
    delay: int | None = None,
    embedding_dimensions: Sequence[int] | None = None,
    theiler_window: int | None = None,
    references: int = 4000,
    draws: int = 200,
    seed: int = 0,
) -> ExponentFromData:
    """Estimate the largest exponent from how neighbours in delay embeddings move apart.

    Args:
        series: (time,) or (time, component); components are scaled to unit standard deviation.
        step: sampling step, in time units.
        method: follow the nearest neighbour (Rosenstein et al. 1993) or the mean distance to the
            ten nearest (Kantz 1994, who takes all within a radius).
        averaging: average the time to grow between fixed distances, which does not suffer from
            saturation, or ln distance at fixed times, as both papers do; see `divergence`.
        delay: samples between the entries of a delay vector; by default the earlier of the first
            minimum of mutual information and the 1/e time of the autocorrelation.
        embedding_dimensions: numbers of delays; by default four, from that without false
            neighbours upwards (divided by the number of components).
        theiler_window: samples; by default the mean period of the slowest component.
        references: reference points followed.
        draws: of the bootstrap in each embedding.
        seed: of everything drawn.

    Returns:
        The median over embeddings, and the 95 % interval of draws over embeddings, straight
        ranges (`linear_range`), blocks of references and both ways of averaging. A refusal where
        fewer than half of the embeddings have a straight range, and where the series repeats
        itself exactly, drifts or is too short.

    Raises:
        InputError: the series is constant or not finite, or an argument is none of those allowed.
    """
    _check_choices(step, method, averaging)
    observed = _standardised(series)
    period = mean_period(observed)
    theiler_window = theiler_window or period
    estimate = partial(
        estimate_in_embedding,
        period=period,
        theiler_window=theiler_window,
        neighbours=NEIGHBOURS[method],
        at_fixed_distance=averaging == "fixed distance",
        references=references,
        draws=draws,
        generator=np.random.default_rng(seed),
    )
    delay, dimensions = delay or 0, embedding_dimensions or (1,)
    try:
        delay = delay or automatic_delay(observed)
        dimensions = embedding_dimensions or _automatic_dimensions(observed, delay, theiler_window)
        estimates = [estimate(_delay_vectors(observed, count, delay)) for count in dimensions]
        refused = _refusal(estimates)
    except UndeterminedError as reason:
        estimates = [nothing_known(period)] * len(dimensions)
        refused = str(reason)
    largest_exponent, interval = UNKNOWN if refused else _combined(estimates)
    lag_time = np.linspace(0, max(np.nanmax(estimate.time) for estimate in estimates), CURVE_LAGS)
    return ExponentFromData(
        largest_exponent=largest_exponent / step,
        interval=interval / step,
        refused=refused,
        method=method,
        averaging=averaging,
        delay=delay,
        theiler_window=theiler_window,
        embedding_dimension=np.array(dimensions),
        exponent_of_embedding=np.array([estimate.exponent for estimate in estimates]) / step,
        log_divergence=np.array([_on_lags(estimate, lag_time) for estimate in estimates]),
        lag_time=lag_time * step,
        fit_start=np.array([estimate.fit_start for estimate in estimates]) * step,
        fit_stop=np.array([estimate.fit_stop for estimate in estimates]) * step,
    )


def _check_choices(step: float, method: str, averaging: str) -> None:
    if not step > 0:
        raise InputError(f"the sampling step is {step}; give a positive number")
    for name, value, allowed in (
        ("method", method, get_args(Method)),
        ("averaging", averaging, get_args(Averaging)),
    ):
        if value not in allowed:
            raise InputError(f"{name} {value!r} is unknown; use one of {', '.join(allowed)}")


def _standardised(series: Array) -> Array:
    """The series as `(time, component)` of unit standard deviation, checked."""
    observed = series[:, None] if series.ndim == 1 else series
    if not np.isfinite(observed).all():
        raise InputError("the series has values that are not finite; remove or interpolate them")
    return standardise(observed, "component").series


def _automatic_dimensions(observed: Array, delay: int, theiler_window: int) -> Sequence[int]:
    needed = [automatic_dimension(component, delay, theiler_window) for component in observed.T]
    lowest = math.ceil(np.median(needed) / len(needed))
    return range(lowest, lowest + EMBEDDINGS)


def _delay_vectors(observed: Array, dimension: int, delay: int) -> Array:
    """(time, dimension · component) delays of all components side by side."""
    return np.concatenate([embed(component, dimension, delay) for component in observed.T], axis=1)


def _refusal(estimates: Sequence[EmbeddingEstimate]) -> str:
    """Why there is no exponent, or "" where there is one."""
    straight = int(np.isfinite([estimate.exponent for estimate in estimates]).sum())
    if straight >= max(1, len(estimates) / 2):
        return ""
    return (
        f"no linear range: distances grow exponentially in {straight} of {len(estimates)} "
        "embeddings (periodic motion, noise, or too few samples)"
    )


def _combined(estimates: Sequence[EmbeddingEstimate]) -> tuple[float, Array]:
    """Exponent and interval per sample from all embeddings."""
    exponents = [estimate.exponent for estimate in estimates]
    draws = np.concatenate([estimate.exponent_draws for estimate in estimates])
    return float(np.nanmedian(exponents)), np.nanquantile(draws, [0.025, 0.975])


def _on_lags(estimate: EmbeddingEstimate, lag_time: Array) -> Array:
    """The divergence curve at common lags, NaN beyond its last known point."""
    known = np.isfinite(estimate.time)
    return np.asarray(
        np.interp(lag_time, estimate.time[known], estimate.log_distance[known], right=np.nan)
    )
