"""The file ``measures/{series}/{cell}/{forcing}.nc``: how good the reconstructions are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.measures.convention import CONVENTIONS
from chaoslearn.measures.floors import floor
from chaoslearn.measures.mixture import STANDARD_VARIANCES
from chaoslearn.measures.prediction import HORIZONS, prediction_error, valid_prediction_time
from chaoslearn.measures.reconstruction import Reconstruction, measure_reconstruction
from chaoslearn.records.net_exponents import net_exponents
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.true_exponents import TrueExponents
from chaoslearn.store import variable
from chaoslearn.training.free_run import free_run

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Extent:
    """How far the measures look: ``forecasts`` starts, a ``horizon`` in Lyapunov times,
    ``exponent_steps`` along each net's orbit."""

    forecasts: int
    horizon: float
    exponent_steps: int


def measure(
    cell: Cell,
    weights: Weights,
    survived: NDArray[np.bool_],
    generated: NDArray[np.float32],
    series: ObservedSeries,
    true: TrueExponents,
    extent: Extent,
    unit: str,
) -> xr.Dataset:
    """Measure an ensemble.

    Truth, free runs and floor are cut to one length, that of the shortest among the training
    part, the held-out part and the runs: measures fall with length. A member whose training
    diverged has failed and has no values.

    Parameters
    ----------
    weights : by name, ``(member, ...)``.
    survived : whose training did not diverge, ``(member,)``.
    generated : free runs, ``(convention, member, time, component)``.
    true : what is known of the system. Its largest exponent sets the Lyapunov time; where that is
        not positive, or NaN since it is not known, there is no valid prediction time.
    unit : of the series' time.
    """
    scored = _scored(survived, generated, series)
    length = _common_length(generated, series)
    floors = [
        floor(series.train[:length], series.test[:length], name, np.random.default_rng(0))
        for name in CONVENTIONS
    ]
    alive = np.array([not result.failure for result in scored[CONVENTIONS.index("standard")]])
    dataset = _reconstruction(scored, floors)
    dataset = dataset.merge(_prediction(cell, weights, survived, series, true.largest, extent))
    dataset = dataset.merge(
        net_exponents(cell, weights, series, alive, true, steps=extent.exponent_steps, unit=unit)
    )
    return dataset.assign_attrs(valid_prediction_time_unit=_unit_of_prediction(true.largest))


def _common_length(generated: NDArray[np.float32], series: ObservedSeries) -> int:
    return min(len(series.train), len(series.test), int(generated.shape[2]))


def _scored(
    survived: NDArray[np.bool_], generated: NDArray[np.float32], series: ObservedSeries
) -> list[list[Reconstruction]]:
    """By convention and member."""
    truth = {"published": series.train, "standard": series.test}
    length = _common_length(generated, series)
    return [
        [
            measure_reconstruction(truth[name], run, name, np.random.default_rng(0), length)
            if trained
            else Reconstruction.without_values("training diverged")
            for run, trained in zip(runs, survived, strict=True)
        ]
        for name, runs in zip(CONVENTIONS, generated, strict=True)
    ]


def _unit_of_prediction(largest_exponent: float) -> str:
    if largest_exponent > 0:
        return "Lyapunov times"
    return "none: largest exponent " + ("unknown" if np.isnan(largest_exponent) else "not positive")


def _reconstruction(scored: list[list[Reconstruction]], floors: list[Reconstruction]) -> xr.Dataset:
    def over(field: str) -> Array:
        return np.array([[getattr(result, field) for result in row] for row in scored])

    def of_floors(field: str) -> Array:
        return np.array([getattr(result, field) for result in floors])

    both = ("convention", "member")
    two_stretches = "between two stretches of the true series"
    standard = CONVENTIONS.index("standard")
    mixtures = "D_stsp by Gaussian mixtures (standard convention; NaN up to five components)"
    return xr.Dataset(
        {
            "state_space_divergence": variable(
                both, over("state_space_divergence"), "D_stsp, true || generated"
            ),
            "state_space_divergence_mixture": variable(
                ("variance", "member"), over("mixture_divergences")[standard].T, mixtures
            ),
            "spectrum_distance": variable(both, over("spectrum_distance"), "D_H"),
            "spectrum_correlation": variable(both, over("spectrum_correlation"), "PSC"),
            "fraction_outside": variable(
                "member",
                over("fraction_outside")[standard],
                "share of the free run outside the true range (standard convention)",
            ),
            "failed": variable(
                both,
                over("failure") != "",
                "training or free run diverged, or it stands still or lies wholly outside",
            ),
            "failure": variable(both, over("failure"), "why it failed"),
            "state_space_divergence_floor": variable(
                "convention", of_floors("state_space_divergence"), f"D_stsp {two_stretches}"
            ),
            "state_space_divergence_mixture_floor": variable(
                "variance",
                of_floors("mixture_divergences")[standard],
                f"{mixtures} {two_stretches}",
            ),
            "spectrum_distance_floor": variable(
                "convention", of_floors("spectrum_distance"), f"D_H {two_stretches}"
            ),
            "spectrum_correlation_floor": variable(
                "convention", of_floors("spectrum_correlation"), f"PSC {two_stretches}"
            ),
        },
        {
            "convention": variable("convention", list(CONVENTIONS), "convention of the measure"),
            "variance": variable(
                "variance", list(STANDARD_VARIANCES), "of a Gaussian, in variances of a component"
            ),
        },
    )


def _prediction(
    cell: Cell,
    weights: Weights,
    survived: NDArray[np.bool_],
    series: ObservedSeries,
    largest_exponent: float,
    extent: Extent,
) -> xr.Dataset:
    """Forecasts from evenly spaced held-out samples against what happened."""
    # Without a Lyapunov time nothing says how far to look for the end of a valid forecast.
    per_step = largest_exponent * series.step if largest_exponent > 0 else np.nan
    steps = max(HORIZONS)
    if largest_exponent > 0:
        steps = max(steps, min(round(extent.horizon / per_step), len(series.test) // 2))
    starts = np.linspace(0, len(series.test) - steps - 1, extent.forecasts).astype(int)
    truth = series.test[starts[:, None] + np.arange(1, steps + 1)]
    forecasts = free_run(cell, weights, series.test[starts], steps)
    error = np.array([prediction_error(truth, forecast) for forecast in forecasts])
    error[~survived] = np.nan
    scale = series.test.std(axis=0)
    valid = [
        np.median(valid_prediction_time(truth, forecast, scale, per_step)) if trained else np.nan
        for forecast, trained in zip(forecasts, survived, strict=True)
    ]
    return xr.Dataset(
        {
            "prediction_error": variable(
                ("horizon", "member"), error.T, "mean squared error this many steps ahead"
            ),
            "valid_prediction_time": variable(
                "member",
                valid,
                "median time until the normalised error exceeds 0.5, in Lyapunov times; NaN where "
                "the series' largest exponent is not positive or unknown",
            ),
        },
        {
            "horizon": variable("horizon", np.array(HORIZONS), "steps ahead"),
            "lyapunov_time": variable(
                "horizon", np.array(HORIZONS) * per_step, "steps ahead in Lyapunov times"
            ),
        },
    )
