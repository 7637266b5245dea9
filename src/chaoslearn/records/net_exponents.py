"""Of a measures file: the exponents of trained nets, and how far they are from the system's."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.orbits import as_map
from chaoslearn.lyapunov.dimension import kaplan_yorke_dimension
from chaoslearn.lyapunov.frames import EscapeError
from chaoslearn.lyapunov.of_network import spectrum_of_network
from chaoslearn.measures.exponents import relative_error, spectrum_difference
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.true_exponents import TrueExponents
from chaoslearn.store import per, variable
from chaoslearn.training.free_run import lifted

# Of each net, its largest: as many as an attractor of nine dimensions needs for its Kaplan-Yorke
# dimension. The others are contraction onto it, and all of them take most of a measure's time.
EXPONENTS = 10

Array = NDArray[np.float64]


def net_exponents(
    cell: Cell,
    weights: Weights,
    series: ObservedSeries,
    alive: NDArray[np.bool_],
    true: TrueExponents,
    *,
    steps: int,
    unit: str,
) -> xr.Dataset:
    """Spectra of an ensemble's nets, their dimensions, and the errors of both.

    Parameters
    ----------
    weights : by name, ``(member, ...)``.
    alive : whose free run did not fail, ``(member,)``; the others have no values.
    steps : along each net's orbit, after a tenth as many.
    unit : of the series' time.
    """
    exponent = _spectra(cell, weights, series, alive, steps)
    # What shrinks by less than a factor e over the recorded time does not shrink: the exponent
    # of a limit cycle that should be zero is so by rounding only.
    resolution = 1 / (steps * series.step)
    complete = exponent.shape[1] == cell.state_size(weights["readout"].shape[-1])
    dimension = [
        np.nan
        if np.isnan(row).any()
        else kaplan_yorke_dimension(row, resolution=resolution, complete=complete)
        for row in exponent
    ]
    index = np.arange(1, exponent.shape[1] + 1)
    both = ("member", "index")
    return xr.Dataset(
        {
            "exponent": variable(
                both, exponent, "Lyapunov exponent of the net's free dynamics", per(unit)
            ),
            "exponent_difference": variable(
                both,
                spectrum_difference(exponent, true.spectrum),
                "Lyapunov exponent of the net minus that of the system",
                per(unit),
            ),
            "largest_exponent_error": variable(
                "member",
                relative_error(exponent[:, 0], true.largest),
                "relative error of the largest exponent; NaN where the series' is not positive "
                "or unknown",
            ),
            "kaplan_yorke_dimension": variable(
                "member",
                dimension,
                f"Kaplan-Yorke dimension; NaN where it needs more than {EXPONENTS} exponents",
            ),
            "kaplan_yorke_dimension_error": variable(
                "member",
                relative_error(dimension, true.dimension),
                "relative error of the Kaplan-Yorke dimension; NaN where the system's is unknown",
            ),
        },
        {"index": variable("index", index, "number of the exponent, largest first")},
    )


def _spectra(
    cell: Cell,
    weights: Weights,
    series: ObservedSeries,
    alive: NDArray[np.bool_],
    steps: int,
) -> Array:
    """Exponents ``(member, index)`` of the nets alive, by QR along their own orbits, in float64.

    A free run in float32 can stay finite where this orbit escapes: such a net has no spectrum.
    """
    double = {name: weight.astype(np.float64) for name, weight in weights.items()}
    states = lifted(cell, double, series.test[:1])[:, 0]
    count = min(EXPONENTS, states.shape[1])
    exponent: Array = np.full((len(states), count), np.nan)
    transient = steps // 10
    kept = np.flatnonzero(alive)
    while len(kept):
        step, jacobian = as_map(cell, {name: weight[kept] for name, weight in double.items()})
        try:
            spectrum = spectrum_of_network(
                step, jacobian, states[kept], steps=steps, transient=transient, count=count
            )
        except EscapeError as escaped:
            kept = np.delete(kept, escaped.starts)
        else:
            exponent[kept] = spectrum.per_start / series.step
            break
    return exponent
