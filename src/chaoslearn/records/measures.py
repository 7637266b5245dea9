"""The file ``measures/{series}/{cell}/{forcing}.nc``: how good the reconstructions are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.cells.orbits import as_map, stay_finite
from chaoslearn.lyapunov.dimension import kaplan_yorke_dimension
from chaoslearn.lyapunov.spectrum import spectrum_of_network
from chaoslearn.measures.convention import CONVENTIONS
from chaoslearn.measures.floors import floor
from chaoslearn.measures.prediction import HORIZONS, prediction_error, valid_prediction_time
from chaoslearn.measures.reconstruction import Reconstruction, measure_reconstruction
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import per, variable
from chaoslearn.training.free_run import free_run, lifted

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
    weights: Mapping[str, Tensor],
    survived: NDArray[np.bool_],
    generated: NDArray[np.float32],
    series: ObservedSeries,
    largest_exponent: float,
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
    largest_exponent : of the true system per unit of time; sets the Lyapunov time. Where it is
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
    dataset = dataset.merge(_prediction(cell, weights, survived, series, largest_exponent, extent))
    dataset = dataset.merge(_exponents(cell, weights, series, alive, extent.exponent_steps, unit))
    return dataset.assign_attrs(valid_prediction_time_unit=_unit_of_prediction(largest_exponent))


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
    def over(results: list[list[Reconstruction]], field: str) -> Array:
        return np.array([[getattr(result, field) for result in row] for row in results])

    both = ("convention", "member")
    return xr.Dataset(
        {
            "state_space_divergence": variable(
                both, over(scored, "state_space_divergence"), "D_stsp, true || generated"
            ),
            "spectrum_distance": variable(both, over(scored, "spectrum_distance"), "D_H"),
            "fraction_outside": variable(
                "member",
                over(scored, "fraction_outside")[1],
                "share of the free run outside the true range (standard convention)",
            ),
            "failed": variable(
                both,
                over(scored, "failure") != "",
                "training or free run diverged, or it stands still or lies wholly outside",
            ),
            "failure": variable(both, over(scored, "failure"), "why it failed"),
            "state_space_divergence_floor": variable(
                "convention",
                [f.state_space_divergence for f in floors],
                "D_stsp between two stretches of the true series",
            ),
            "spectrum_distance_floor": variable(
                "convention",
                [f.spectrum_distance for f in floors],
                "D_H between two stretches of the true series",
            ),
        },
        {"convention": variable("convention", list(CONVENTIONS), "convention of the measure")},
    )


def _prediction(
    cell: Cell,
    weights: Mapping[str, Tensor],
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
        {"horizon": variable("horizon", np.array(HORIZONS), "steps ahead")},
    )


def _exponents(
    cell: Cell,
    weights: Mapping[str, Tensor],
    series: ObservedSeries,
    alive: NDArray[np.bool_],
    steps: int,
    unit: str,
) -> xr.Dataset:
    """The spectrum of each net that did not fail, by QR along its own orbit, in float64.

    A free run in float32 can stay finite where this orbit escapes: such a net has no spectrum.
    """
    double = {name: weight.double() for name, weight in weights.items()}
    states = lifted(cell, double, series.test[:1])[:, 0].numpy()
    exponent: Array = np.full(states.shape, np.nan)
    transient = steps // 10
    kept = np.flatnonzero(alive)
    while len(kept):
        step, jacobian = as_map(cell, {name: weight[kept] for name, weight in double.items()})
        finite = stay_finite(step, states[kept], transient + steps)
        if finite.all():
            spectrum = spectrum_of_network(
                step, jacobian, states[kept], steps=steps, transient=transient
            )
            exponent[kept] = spectrum.per_start / series.step
            break
        kept = kept[finite]
    # What shrinks by less than a factor e over the recorded time does not shrink: the exponent
    # of a limit cycle that should be zero is so by rounding only.
    resolution = 1 / (steps * series.step)
    dimension = [
        np.nan if np.isnan(row).any() else kaplan_yorke_dimension(row, resolution=resolution)
        for row in exponent
    ]
    index = np.arange(1, exponent.shape[1] + 1)
    return xr.Dataset(
        {
            "exponent": variable(
                ("member", "index"),
                exponent,
                "Lyapunov exponent of the net's free dynamics",
                per(unit),
            ),
            "kaplan_yorke_dimension": variable("member", dimension, "Kaplan-Yorke dimension"),
        },
        {"index": variable("index", index, "number of the exponent, largest first")},
    )
