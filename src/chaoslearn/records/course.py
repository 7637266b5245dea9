"""The file ``courses/{series}/{cell}/{forcing}.nc``: gradients and exponents in the course of a
training, at the epochs whose weights were kept."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.gradients.adapters import one_member
from chaoslearn.gradients.orbits import orbits_of
from chaoslearn.gradients.sensitivity import parameter_traces
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.records.nets import first_held_out
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.training import SNAPSHOT, weights_of
from chaoslearn.store import variable

Array = NDArray[np.float64]


def follow(
    cell: Cell, trained: xr.Dataset, series: ObservedSeries, *, starts: int, steps: int
) -> xr.Dataset:
    """Measure every member at every snapshot, on the attractor of its own dynamics.

    Parameters
    ----------
    trained : a training file with snapshots: weights ``snapshot_{name}`` (snapshot, member, ...).
    starts, steps : orbits, and the T at which norms are taken. A net whose orbits escape has NaN,
        as a member has after the epoch in which its training diverged.
    """
    snapshots, members = trained["snapshot"].values, trained["member"].values
    norms = np.full((2, len(snapshots), len(members), starts), np.nan)
    exponents = np.full((2, len(snapshots), len(members)), np.nan)
    diverged_at = trained["diverged_at"].values
    for number, finished in enumerate(snapshots):
        weights = _weights_at(trained, cell, number)
        # What is kept of a diverged member later on are its last finite weights, over and over.
        learning = (diverged_at < 0) | (finished <= diverged_at)
        for position in np.flatnonzero(learning).tolist():
            net = one_member(weights, position)
            found = _measured(cell, net, series, starts, steps)
            if found is not None:
                norms[:, number, position], exponents[:, number, position] = found
    per_start = ("snapshot", "member", "start")
    return xr.Dataset(
        {
            "jacobian_norm": variable(per_start, norms[0], "natural logarithm of ‖∂z_T/∂z_1‖"),
            "loss_gradient_norm": variable(
                per_start, norms[1], "natural logarithm of ‖∂L_T/∂θ‖, L_T the squared output"
            ),
            "largest_exponent": variable(
                per_start[:2], exponents[0], "largest Lyapunov exponent by QR, per step"
            ),
            "largest_exponent_error": variable(
                per_start[:2], exponents[1], "its standard error over starts, per step"
            ),
            "diverged_at": trained["diverged_at"].variable,
            "loss": trained["loss"].variable,
            "training_gradient_norm": trained["gradient_norm"].variable,
        },
        {name: trained[name].variable for name in ("snapshot", "member", "epoch")},
        {"steps": steps},
    )


def _weights_at(trained: xr.Dataset, cell: Cell, snapshot: int) -> Weights:
    kept = trained.isel(snapshot=snapshot)
    names = {name: name.removeprefix(f"{SNAPSHOT}_") for name in map(str, kept.data_vars)}
    found = {plain: kept[name] for name, plain in names.items() if plain != name}
    return weights_of(kept.assign(found), cell, np.float64)


def _measured(
    cell: Cell, net: Weights, series: ObservedSeries, starts: int, steps: int
) -> tuple[Array, Array] | None:
    """Both norms at T ``(norm, start)``, the exponent and its error; None where one escapes."""
    orbits = orbits_of(cell, net, first_held_out(cell, net, series), starts=starts, steps=steps)
    if orbits is None:
        return None
    products = jacobian_trace(cell, net, orbits.beginnings, [steps])[:, -1]
    gradients = parameter_traces(cell, net, orbits.beginnings, [steps]).loss_gradient[:, -1]
    exponent = np.array([orbits.spectrum.exponent[0], orbits.spectrum.exponent_error[0]])
    return np.stack([products, gradients]), exponent
