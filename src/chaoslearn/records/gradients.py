"""The file ``gradients/{series}/{cell}/{forcing}.nc``: how far the gradients of a net reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.cells.orbits import as_map, stay_finite
from chaoslearn.gradients.adapters import one_member, settle
from chaoslearn.gradients.growth import growth_rate
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.sensitivity import parameter_traces
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.lyapunov.spectrum import spectrum_of_network
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable
from chaoslearn.training.free_run import lifted

SETTLING_STEPS = 2000
RECORDED = 200
NO_MEMBER = -1

Array = NDArray[np.float64]
Steps = NDArray[np.int64]


@dataclass(frozen=True)
class _Traces:
    """Logarithms of norms ``(start, steps)``, λ_max per step and its error: NaN without a net."""

    jacobian: Array
    state_gradient: Array
    loss_gradient: Array
    exponent: float
    exponent_error: float


def trace(
    cell: Cell,
    weights: Mapping[str, Tensor],
    members: Sequence[int],
    survived: NDArray[np.bool_],
    series: ObservedSeries,
    *,
    starts: int,
    jacobian_steps: int,
    parameter_steps: int,
) -> xr.Dataset:
    """Follow the gradients of one member along ``starts`` orbits on its own attractor.

    It is the first whose training did not diverge and whose orbits stay finite. Where there is
    none, every trace is NaN, the attribute ``member`` is −1 and ``traced`` says so.

    Parameters
    ----------
    members : their numbers, ``(member,)``.
    survived : whose training did not diverge, ``(member,)``.
    jacobian_steps, parameter_steps : the longest T of ∂z_T/∂z_1, and of the gradients by weights.
    """
    observed = series.test[np.linspace(0, len(series.test) - 1, starts).astype(int)]
    long = recorded_steps(jacobian_steps, RECORDED)
    short = recorded_steps(parameter_steps, RECORDED)
    further = max(jacobian_steps + jacobian_steps // 10, parameter_steps)
    for position in np.flatnonzero(survived).tolist():
        net = one_member(weights, position)
        states = lifted(cell, net, observed)[0]
        step, _ = as_map(cell, net)
        if stay_finite(step, states.numpy(), SETTLING_STEPS + further).all():
            traces = _follow(cell, net, settle(cell, net, states, SETTLING_STEPS), long, short)
            number = int(members[position])
            why = "the first whose training did not diverge and whose orbits stay finite"
            return _described(traces, long, short, number, f"member {number}, {why}")
    return _described(
        _unknown(starts, long, short), long, short, NO_MEMBER,
        "no member: in all of them training diverged or an orbit escaped to infinity",
    )  # fmt: skip


def _follow(
    cell: Cell, net: Mapping[str, Tensor], states: Tensor, long: Steps, short: Steps
) -> _Traces:
    parameters = parameter_traces(cell, net, states, short.tolist())
    steps = int(long[-1])
    spectrum = spectrum_of_network(
        *as_map(cell, net), states.numpy(), steps=steps, transient=steps // 10, count=1
    )
    return _Traces(
        jacobian=jacobian_trace(cell, net, states, long.tolist()),
        state_gradient=parameters.state_gradient,
        loss_gradient=parameters.loss_gradient,
        exponent=float(spectrum.exponent[0]),
        exponent_error=float(spectrum.exponent_error[0]),
    )


def _unknown(starts: int, long: Steps, short: Steps) -> _Traces:
    def blank(steps: Steps) -> Array:
        return np.full((starts, len(steps)), np.nan)

    return _Traces(blank(long), blank(short), blank(short), np.nan, np.nan)


def _described(traces: _Traces, long: Steps, short: Steps, member: int, traced: str) -> xr.Dataset:
    loss = "‖∂L_T/∂θ‖, L_T the squared output of step T (its error against zero)"
    norms = {
        "jacobian_norm": ("steps", long, traces.jacobian, "‖∂z_T/∂z_1‖ (spectral)"),
        "state_gradient_norm": ("parameter_steps", short, traces.state_gradient, "‖∂z_T/∂θ‖"),
        "loss_gradient_norm": ("parameter_steps", short, traces.loss_gradient, loss),
    }
    rates = [growth_rate(steps, norm) for _, steps, norm, _ in norms.values()]
    variables = {
        name: variable(("start", axis), norm, f"natural logarithm of {meaning}")
        for name, (axis, _, norm, meaning) in norms.items()
    }
    variables["growth_rate"] = variable(
        "norm", [rate.rate for rate in rates], "slope of the logarithm against T, per step"
    )
    variables["growth_rate_error"] = variable(
        "norm", [rate.error for rate in rates], "standard error of the slope over starts, per step"
    )
    variables["growth_rate_interval"] = variable(
        ("norm", "bound"), [rate.interval for rate in rates], "95 % interval of the slope, per step"
    )
    variables["largest_exponent"] = variable(
        (), traces.exponent, "largest Lyapunov exponent by QR, per step"
    )
    variables["largest_exponent_error"] = variable(
        (), traces.exponent_error, "its standard error over starts, per step"
    )
    coordinates = {
        "steps": variable("steps", long, "T, steps of the Jacobian's product"),
        "parameter_steps": variable("parameter_steps", short, "T, steps of the gradients"),
        "norm": variable("norm", list(norms), "which norm grows"),
        "bound": variable("bound", ["low", "high"], "end of an interval"),
    }
    return xr.Dataset(variables, coordinates, {"member": member, "traced": traced})
