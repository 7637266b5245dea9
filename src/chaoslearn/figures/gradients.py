"""How far gradients reach: ‖∂z_T/∂z_1‖ and ‖∂L_T/∂θ‖ against T, net by net: figure 4."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from chaoslearn.errors import InputError
from chaoslearn.figures import style

PANELS_A_ROW = 3
BAND = (0.1, 0.9)
"""Quantiles over starts between which the shaded band lies."""

SLOPE: LineStyleType = (0, (4, 2))
STATE: LineStyleType = (0, (5, 1, 1, 1))
LOSS: LineStyleType = (0, (1, 1))
LIFT = 0.03
"""Of the slope above the median, so that neither covers the other, in units of the axis' height."""


def draw(gradients: Mapping[tuple[str, str, str], xr.Dataset]) -> Figure:
    """A panel a net: median over starts, band, and the slope λ_max of an independent QR run.

    Args:
        gradients: (series, cell, forcing id) → its gradients file: `jacobian_norm` `(start,
            steps)` and `loss_gradient_norm` `(start, parameter_steps)`, natural logarithms, with
            the times T as coordinates, and `largest_exponent` (per step), NaN where no net
            survived, which its panel then says. Nets of different regimes stand side by side,
            each on its own axis.

    Raises:
        InputError: no gradients.
    """
    if not gradients:
        raise InputError("gradients figure: no traces to draw; give at least one net")
    columns = min(len(gradients), PANELS_A_ROW)
    rows = -(-len(gradients) // PANELS_A_ROW)
    width = style.COLUMN_WIDTH if columns == 1 else style.FULL_WIDTH
    several_forcings = len({forcing for _, _, forcing in gradients}) > 1
    with style.applied():
        figure = Figure(figsize=(width, 2.7 * rows), layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False)
        for axes, (key, dataset) in zip(grid.flat, gradients.items(), strict=False):
            if survived(dataset):
                _draw_starts(axes, key[1], dataset)
                draw_net(axes, key[1], dataset)
            else:
                say_none(axes)
            title = f"{_told(key, several_forcings)}\n{exponent_in_words(dataset)}"
            axes.set_title(title, loc="left")
            axes.set_xlabel("$T$ (steps)")
        for axes in list(grid.flat)[len(gradients) :]:
            axes.set_visible(False)
        for axes in grid[:, 0]:
            axes.set_ylabel("norm (dimensionless)")
        figure.legend(handles=legend(), loc="outside upper center", ncols=4)
    return figure


def survived(dataset: xr.Dataset) -> bool:
    """Whether there is a net to draw."""
    return not np.isnan(float(dataset["largest_exponent"]))


def exponent_in_words(dataset: xr.Dataset) -> str:
    """λ_max of a net with its 95 % interval, per step."""
    if not survived(dataset):
        return "$\\lambda_\\mathrm{max}$ unknown"
    exponent, error = float(dataset["largest_exponent"]), float(dataset["largest_exponent_error"])
    value, reach = style.number(exponent, "#.3g"), style.number(2 * error, ".1g")
    return f"$\\lambda_\\mathrm{{max}}$ = {value} ± {reach} per step"


def say_none(axes: Axes) -> None:
    """An empty panel, which says why it is empty."""
    # Hidden, not taken away: other panels may share the ticks.
    axes.tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
    axes.text(0.5, 0.5, "no net survived", transform=axes.transAxes, ha="center", fontsize=8)


def draw_net(axes: Axes, cell: str, dataset: xr.Dataset) -> None:
    """One net's three norms in decades: medians, the Jacobian's band, and the slope λ_max."""
    steps = dataset["steps"].values.astype(float)
    low, middle, high = _decades(dataset["jacobian_norm"], (BAND[0], 0.5, BAND[1]))
    exponent = float(dataset["largest_exponent"])
    axes.fill_between(steps, low, high, color=_color(cell), alpha=0.25, linewidth=0)
    axes.plot(steps, middle, color=_color(cell))
    for name, linestyle in (("state_gradient_norm", STATE), ("loss_gradient_norm", LOSS)):
        (median,) = _decades(dataset[name], (0.5,))
        axes.plot(
            dataset["parameter_steps"], median, color=style.INK, linestyle=linestyle, zorder=3
        )
    low, high = axes.get_ylim()
    slope = exponent * (steps - steps[0]) / np.log(10) + LIFT * (high - low)
    axes.plot(steps, middle[0] + slope, color=style.MUTED, linestyle=SLOPE, linewidth=0.9)
    style.count_decades(axes)


def _draw_starts(axes: Axes, cell: str, dataset: xr.Dataset) -> None:
    """The Jacobian's norm of every single orbit."""
    decades = dataset["jacobian_norm"].values.T / np.log(10)
    axes.plot(dataset["steps"], decades, color=_color(cell), alpha=0.35, linewidth=0.4, zorder=0)


def _decades(log_norm: xr.DataArray, quantiles: tuple[float, ...]) -> np.ndarray:
    """Quantiles over starts of log₁₀ of a norm, `(quantile, steps)`; NaN where one is zero."""
    with np.errstate(invalid="ignore"):  # between −∞ and a number there is none
        over_starts = np.quantile(log_norm.values, quantiles, axis=log_norm.get_axis_num("start"))
    over_starts[~np.isfinite(over_starts)] = np.nan
    return np.asarray(over_starts / np.log(10))


def _told(key: tuple[str, str, str], with_forcing: bool) -> str:
    series, cell, forcing = key
    words = [
        style.cell_style(cell).label,
        series.replace("_", " "),
        *([forcing] if with_forcing else []),
    ]
    return ", ".join(words)


def _color(cell: str) -> str:
    return style.cell_style(cell).color


def legend() -> list[Line2D]:
    """What the lines of `draw_net` are."""
    state, loss = "\\partial z_T / \\partial\\theta", "\\partial L_T / \\partial\\theta"
    jacobian = "$\\|\\partial z_T / \\partial z_1\\|$ (coloured): median, 10–90 % of starts"
    return [
        Line2D([], [], color=style.MUTED, label=jacobian),
        Line2D([], [], color=style.INK, linestyle=STATE, label=f"$\\|{state}\\|$"),
        Line2D([], [], color=style.INK, linestyle=LOSS, label=f"$\\|{loss}\\|$"),
        Line2D(
            [], [], color=style.MUTED, linestyle=SLOPE, linewidth=0.9,
            label="slope $\\lambda_\\mathrm{max}$, lifted",
        ),
    ]  # fmt: skip
