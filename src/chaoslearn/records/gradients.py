"""The file ``gradients/{series}/{cell}/{forcing}.nc``: how far the gradients of a net reach."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.gradients.adapters import as_map, one_member, settle
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


def trace(
    cell: Cell,
    weights: Mapping[str, Tensor],
    member: int,
    series: ObservedSeries,
    *,
    starts: int,
    jacobian_steps: int,
    parameter_steps: int,
) -> xr.Dataset:
    """Follow the gradients of one member along ``starts`` orbits on its own attractor.

    Parameters
    ----------
    member : its position in ``weights``.
    jacobian_steps, parameter_steps : the longest T of ∂z_T/∂z_1, and of the gradients by weights.
    """
    net = one_member(weights, member)
    chosen = np.linspace(0, len(series.test) - 1, starts).astype(int)
    states = settle(cell, net, lifted(cell, net, series.test[chosen])[0], SETTLING_STEPS)
    long = recorded_steps(jacobian_steps, RECORDED)
    short = recorded_steps(parameter_steps, RECORDED)
    jacobian = jacobian_trace(cell, net, states, long.tolist())
    parameters = parameter_traces(cell, net, states, short.tolist())
    spectrum = spectrum_of_network(
        *as_map(cell, net), states.numpy(), steps=jacobian_steps, transient=jacobian_steps // 10,
        count=1,
    )  # fmt: skip
    norms = {
        "jacobian_norm": ("steps", long, jacobian, "‖∂z_T/∂z_1‖ (spectral)"),
        "state_gradient_norm": ("parameter_steps", short, parameters.state_gradient, "‖∂z_T/∂θ‖"),
        "loss_gradient_norm": ("parameter_steps", short, parameters.loss_gradient, "‖∂L_T/∂θ‖"),
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
        (), spectrum.exponent[0], "largest Lyapunov exponent by QR, per step"
    )
    variables["largest_exponent_error"] = variable(
        (), spectrum.exponent_error[0], "its standard error over starts, per step"
    )
    return xr.Dataset(
        variables,
        {
            "steps": variable("steps", long, "T, steps of the Jacobian's product"),
            "parameter_steps": variable("parameter_steps", short, "T, steps of the gradients"),
            "norm": variable("norm", list(norms), "which norm grows"),
            "bound": variable("bound", ["low", "high"], "end of an interval"),
        },
    )
