"""The file ``measures/{series}/{cell}/{forcing}.nc``: how good the reconstructions are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.cells.orbits import ensemble_map
from chaoslearn.lyapunov.dimension import kaplan_yorke_dimension
from chaoslearn.lyapunov.spectrum import spectrum_of_network
from chaoslearn.measures.floors import floor
from chaoslearn.measures.prediction import HORIZONS, prediction_error, valid_prediction_time
from chaoslearn.measures.reconstruction import Convention, Reconstruction, measure_reconstruction
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable
from chaoslearn.training.free_run import free_run, lifted

CONVENTIONS: tuple[Convention, ...] = ("published", "standard")
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
    generated: NDArray[np.float32],
    series: ObservedSeries,
    largest_exponent: float,
    extent: Extent,
    unit: str,
) -> xr.Dataset:
    """Measure an ensemble.

    Parameters
    ----------
    weights : by name, ``(member, ...)``.
    generated : free runs, ``(convention, member, time, component)``.
    largest_exponent : of the true system per unit of time; sets the Lyapunov time.
    """
    truth = {"published": series.train, "standard": series.test}
    scored = [
        [
            measure_reconstruction(truth[name], run, name, np.random.default_rng(0))
            for run in generated[index]
        ]
        for index, name in enumerate(CONVENTIONS)
    ]
    floors = [
        floor(series.train, series.test, name, np.random.default_rng(0)) for name in CONVENTIONS
    ]
    dataset = _reconstruction(scored, floors)
    alive = np.array([not result.failure for result in scored[1]])
    dataset = dataset.merge(_prediction(cell, weights, series, largest_exponent, extent))
    return dataset.merge(_exponents(cell, weights, series, alive, extent.exponent_steps, unit))


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
                "free run diverged, stands still or lies wholly outside",
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
    series: ObservedSeries,
    largest_exponent: float,
    extent: Extent,
) -> xr.Dataset:
    """Forecasts from evenly spaced held-out samples against what happened."""
    chaotic = largest_exponent > 0
    per_step = largest_exponent * series.step if chaotic else 1.0
    steps = round(extent.horizon / per_step) if chaotic else max(HORIZONS)
    steps = max(max(HORIZONS), min(steps, len(series.test) // 2))
    starts = np.linspace(0, len(series.test) - steps - 1, extent.forecasts).astype(int)
    truth = series.test[starts[:, None] + np.arange(1, steps + 1)]
    forecasts = free_run(cell, weights, series.test[starts], steps)
    error = np.array([prediction_error(truth, forecast) for forecast in forecasts])
    scale = series.test.std(axis=0)
    valid = [
        np.median(valid_prediction_time(truth, forecast, scale, per_step)) for forecast in forecasts
    ]
    return xr.Dataset(
        {
            "prediction_error": variable(
                ("horizon", "member"), error.T, "mean squared error this many steps ahead"
            ),
            "valid_prediction_time": variable(
                "member",
                valid,
                "median time until the normalised error exceeds 0.5, in "
                + ("Lyapunov times" if chaotic else "steps"),
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
    """The spectrum of each net that did not fail, by QR along its own orbit, in float64."""
    double = {name: weight.double() for name, weight in weights.items()}
    states = lifted(cell, double, series.test[:1])[:, 0]
    exponent = np.full(states.shape, np.nan)
    if alive.any():
        living = {name: weight[alive] for name, weight in double.items()}
        step, jacobian = ensemble_map(cell, living)
        spectrum = spectrum_of_network(
            step, jacobian, states[alive].numpy(), steps=steps, transient=steps // 10
        )
        exponent[alive] = spectrum.per_start / series.step
    dimension = [
        kaplan_yorke_dimension(row) if np.isfinite(row).all() else np.nan for row in exponent
    ]
    rate = f"1/{unit}" if unit != "1" else "1"
    index = np.arange(1, exponent.shape[1] + 1)
    return xr.Dataset(
        {
            "exponent": variable(
                ("member", "index"), exponent, "Lyapunov exponent of the net's free dynamics", rate
            ),
            "kaplan_yorke_dimension": variable("member", dimension, "Kaplan-Yorke dimension"),
        },
        {"index": variable("index", index, "number of the exponent, largest first")},
    )
