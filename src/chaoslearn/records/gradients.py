"""The files ``gradients/{series}/{cell}/{forcing}.nc`` and ``constructed/{regime}/{cell}.nc``: how
far the gradients of a net reach, and in which regime it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.gradients.adapters import one_member
from chaoslearn.gradients.attractor import iterate
from chaoslearn.gradients.growth import growth_rate
from chaoslearn.gradients.orbits import orbits_of
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.recurrence import period, regime_of
from chaoslearn.gradients.regimes import net_in_regime
from chaoslearn.gradients.sensitivity import parameter_traces
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.lyapunov.spectrum import Spectrum
from chaoslearn.records.nets import first_held_out
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable

RECORDED = 200
EXPONENTS = 3  # that tell the regimes apart: a torus of two frequencies has two zeros
NO_MEMBER = -1

Array = NDArray[np.float64]
Steps = NDArray[np.int64]


@dataclass(frozen=True)
class Extent:
    """How far gradients are followed: ``starts`` orbits, T to ``jacobian_steps`` for ∂z_T/∂z_1 and
    to ``parameter_steps`` for the gradients by weights."""

    starts: int
    jacobian_steps: int
    parameter_steps: int


@dataclass(frozen=True)
class _Traces:
    """Times T, logarithms of norms ``(start, steps)``, and of orbits of their own exponents
    ``(index,)`` per step: NaN without a net."""

    long: Steps
    short: Steps
    jacobian: Array
    state_gradient: Array
    loss_gradient: Array
    exponent: Array
    exponent_error: Array
    resolution: float


def trace(
    cell: Cell,
    weights: Weights,
    members: Sequence[int],
    survived: NDArray[np.bool_],
    series: ObservedSeries,
    extent: Extent,
) -> xr.Dataset:
    """Follow the gradients of one member on the attractor that the first held-out sample leads to.

    It is the first whose training did not diverge and whose orbits stay finite. Where there is
    none, every trace is NaN, the attribute ``member`` is −1 and ``traced`` says so.

    Parameters
    ----------
    members : their numbers, ``(member,)``.
    survived : whose training did not diverge, ``(member,)``.
    """
    for position in np.flatnonzero(survived).tolist():
        net = one_member(weights, position)
        dataset = _followed(cell, net, first_held_out(cell, net, series), extent)
        if dataset is not None:
            number = int(members[position])
            why = "the first whose training did not diverge and whose orbits stay finite"
            return dataset.assign_attrs(member=number, traced=f"member {number}, {why}")
    latent = weights["readout"].shape[-1]
    unknown = _unknown(extent, min(EXPONENTS, cell.state_size(latent)))
    return _described(unknown, regime="none", returns=0).assign_attrs(
        member=NO_MEMBER,
        traced="no member: in all of them training diverged or an orbit escaped to infinity",
    )


def trace_constructed(cell: Cell, regime: str, latent: int, extent: Extent) -> xr.Dataset:
    """Follow the gradients of the net that is constructed to be in ``regime``."""
    net = net_in_regime(regime, cell.name, latent)
    beginning = np.random.default_rng(0).standard_normal(cell.state_size(latent))
    dataset = _followed(cell, net, beginning, extent)
    assert dataset is not None  # all constructions are bounded
    return dataset.assign_attrs(member=0, traced="a net constructed to be in its regime")


def _followed(cell: Cell, net: Weights, beginning: Array, extent: Extent) -> xr.Dataset | None:
    """The file of one net; None where an orbit escapes to infinity."""
    orbits = orbits_of(
        cell, net, beginning, starts=extent.starts, steps=extent.jacobian_steps,
        longest=extent.parameter_steps, count=EXPONENTS,
    )  # fmt: skip
    if orbits is None:
        return None
    spectrum = orbits.spectrum
    late = iterate(orbits.step, orbits.beginnings, extent.jacobian_steps)
    returns = period(orbits.step, late)
    found = regime_of(
        float(spectrum.exponent[0]), float(spectrum.exponent_error[0]), spectrum.resolution,
        extent.starts, returns,
    )  # fmt: skip
    traces = _traces(cell, net, orbits.beginnings, spectrum, extent)
    return _described(traces, found, returns)


def _traces(cell: Cell, net: Weights, states: Array, spectrum: Spectrum, extent: Extent) -> _Traces:
    long = recorded_steps(extent.jacobian_steps, RECORDED)
    short = recorded_steps(extent.parameter_steps, RECORDED)
    parameters = parameter_traces(cell, net, states, short.tolist())
    return _Traces(
        long, short,
        jacobian=jacobian_trace(cell, net, states, long.tolist()),
        state_gradient=parameters.state_gradient,
        loss_gradient=parameters.loss_gradient,
        exponent=spectrum.exponent,
        exponent_error=spectrum.exponent_error,
        resolution=spectrum.resolution,
    )  # fmt: skip


def _unknown(extent: Extent, count: int) -> _Traces:
    long = recorded_steps(extent.jacobian_steps, RECORDED)
    short = recorded_steps(extent.parameter_steps, RECORDED)

    def blank(steps: Steps) -> Array:
        return np.full((extent.starts, len(steps)), np.nan)

    unknown = np.full(count, np.nan)
    return _Traces(
        long, short, blank(long), blank(short), blank(short), unknown, unknown, np.nan
    )  # fmt: skip


def _described(traces: _Traces, regime: str, returns: int) -> xr.Dataset:
    loss = "‖∂L_T/∂θ‖, L_T the squared output of step T (its error against zero)"
    long, short = ("steps", traces.long), ("parameter_steps", traces.short)
    norms = {
        "jacobian_norm": (*long, traces.jacobian, "‖∂z_T/∂z_1‖ (spectral)"),
        "state_gradient_norm": (*short, traces.state_gradient, "‖∂z_T/∂θ‖"),
        "loss_gradient_norm": (*short, traces.loss_gradient, loss),
    }
    rates = [growth_rate(steps, norm) for _, steps, norm, _ in norms.values()]
    variables = {
        name: variable(("start", axis), norm, f"natural logarithm of {meaning}")
        for name, (axis, _, norm, meaning) in norms.items()
    }
    variables |= {
        "growth_rate": variable(
            "norm", [rate.rate for rate in rates], "slope of the logarithm against T, per step"
        ),
        "growth_rate_error": variable(
            "norm", [rate.error for rate in rates], "standard error of the slope, per step"
        ),
        "growth_rate_interval": variable(
            ("norm", "bound"), [r.interval for r in rates], "95 % interval of the slope, per step"
        ),
        "exponent": variable(
            "index", traces.exponent, "Lyapunov exponent by QR on orbits of their own, per step"
        ),
        "exponent_error": variable(
            "index", traces.exponent_error, "its standard error over orbits, per step"
        ),
        "largest_exponent": variable((), traces.exponent[0], "the first of them, per step"),
        "largest_exponent_error": variable((), traces.exponent_error[0], "its error, per step"),
        "largest_exponent_resolution": variable(
            (), traces.resolution, "up to this it is as good as zero, per step"
        ),
    }
    coordinates = {
        "steps": variable(*long, "T, steps of the Jacobian's product"),
        "parameter_steps": variable(*short, "T, steps of the gradients"),
        "norm": variable("norm", list(norms), "which norm grows"),
        "bound": variable("bound", ["low", "high"], "end of an interval"),
        "index": variable(
            "index", np.arange(1, 1 + len(traces.exponent)), "number of the exponent"
        ),
    }
    return xr.Dataset(variables, coordinates, {"regime": regime, "period": returns})
