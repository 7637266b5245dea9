"""How far gradients reach: ‖∂z_T/∂z_1‖ and ‖∂L_T/∂θ‖ against T, net by net: figure 4."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.typing import LineStyleType

from chaoslearn.errors import InputError
from chaoslearn.figures import style

PANELS_A_ROW = 3
BAND = (0.1, 0.9)
"""Quantiles over starts between which the shaded band lies."""

SLOPE: LineStyleType = (0, (4, 2))
LOSS: LineStyleType = (0, (1, 1))


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
            told = _draw_net(axes, key[1], dataset) if _survived(dataset) else _say_none(axes)
            axes.set_title(f"{_told(key, several_forcings)}\n{told}", loc="left")
            axes.set_xlabel("$T$ (steps)")
        for axes in list(grid.flat)[len(gradients) :]:
            axes.set_visible(False)
        for axes in grid[:, 0]:
            axes.set_ylabel("norm (dimensionless)")
        figure.legend(handles=_legend(), loc="outside upper center", ncols=3)
    return figure


def _survived(dataset: xr.Dataset) -> bool:
    return not np.isnan(float(dataset["largest_exponent"]))


def _say_none(axes: Axes) -> str:
    """An empty panel, which says why it is empty; its exponent in words."""
    axes.set(xticks=[], yticks=[])
    axes.text(0.5, 0.5, "no net survived", transform=axes.transAxes, ha="center", fontsize=8)
    return "$\\lambda_\\mathrm{max}$ unknown"


def _draw_net(axes: Axes, cell: str, dataset: xr.Dataset) -> str:
    """One net's traces; its exponent in words."""
    color = style.cell_style(cell).color
    steps = dataset["steps"].values.astype(float)
    low, middle, high = _decades(dataset["jacobian_norm"], (BAND[0], 0.5, BAND[1]))
    exponent = float(dataset["largest_exponent"])
    axes.fill_between(steps, low, high, color=color, alpha=0.25, linewidth=0)
    axes.plot(steps, middle, color=color)
    axes.plot(
        dataset["parameter_steps"],
        _decades(dataset["loss_gradient_norm"], (0.5,))[0],
        color=style.MUTED,
        linestyle=LOSS,
    )
    axes.plot(
        steps,
        middle[0] + exponent * (steps - steps[0]) / np.log(10),
        color=style.INK,
        linestyle=SLOPE,
        linewidth=0.9,
    )
    # Norms beyond the range of numbers are drawn all the same: the axis counts decades.
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda decade, _: f"$10^{{{decade:.0f}}}$"))
    return f"$\\lambda_\\mathrm{{max}} = {exponent:.4f}$ per step"


def _decades(log_norm: xr.DataArray, quantiles: tuple[float, ...]) -> np.ndarray:
    """Quantiles over starts of log₁₀ of a norm, `(quantile, steps)`; a norm of zero is left out."""
    known = log_norm.where(np.isfinite(log_norm))
    over_starts: np.ndarray = known.quantile(quantiles, dim="start").values / np.log(10)
    return over_starts


def _told(key: tuple[str, str, str], with_forcing: bool) -> str:
    series, cell, forcing = key
    words = [style.cell_style(cell).label, series, *([forcing] if with_forcing else [])]
    return ", ".join(words)


def _legend() -> list[Line2D]:
    return [
        Line2D(
            [],
            [],
            color=style.MUTED,
            label="$\\|\\partial z_T / \\partial z_1\\|$: median, 10–90 % of starts",
        ),
        Line2D(
            [],
            [],
            color=style.MUTED,
            linestyle=LOSS,
            label="$\\|\\partial L_T / \\partial\\theta\\|$: median",
        ),
        Line2D(
            [],
            [],
            color=style.INK,
            linestyle=SLOPE,
            linewidth=0.9,
            label="slope $\\lambda_\\mathrm{max}$",
        ),
    ]
