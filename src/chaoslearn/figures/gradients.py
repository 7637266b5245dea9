"""How the norm of the Jacobian product ∂z_T/∂z_1 grows or decays with T: figure 4."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.errors import InputError
from chaoslearn.figures import style

PANELS_A_ROW = 3
BAND = (0.1, 0.9)
"""Quantiles over starts between which the shaded band lies."""


def draw(gradients: Mapping[tuple[str, str, str], xr.Dataset]) -> Figure:
    """A panel a net: median over starts, band, and the slope λ_max of an independent QR run.

    Args:
        gradients: (series, cell, forcing id) → its gradients file: `jacobian_norm` `(start,
            steps)` with the coordinate `steps` (T), and `largest_exponent` (per step). Nets of
            different regimes stand side by side, each on its own axis.

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
        figure = Figure(figsize=(width, 2.4 * rows), layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False)
        for axes, (key, dataset) in zip(grid.flat, gradients.items(), strict=False):
            _draw_net(axes, key[1], dataset)
            axes.set_title(_told(key, several_forcings), loc="left")
        for axes in list(grid.flat)[len(gradients) :]:
            axes.set_visible(False)
        for axes in grid[:, 0]:
            axes.set_ylabel("$\\|\\partial z_T / \\partial z_1\\|$ (dimensionless)")
        for axes in grid[-1]:
            axes.set_xlabel("$T$ (steps)")
    return figure


def _draw_net(axes: Axes, cell: str, dataset: xr.Dataset) -> None:
    look = style.cell_style(cell)
    norm = dataset["jacobian_norm"]
    steps = dataset["steps"].values.astype(float)
    low, middle, high = norm.quantile((BAND[0], 0.5, BAND[1]), dim="start").values
    exponent = float(dataset["largest_exponent"])
    axes.set_yscale("log")
    axes.fill_between(steps, low, high, color=look.color, alpha=0.25, linewidth=0)
    axes.plot(steps, middle, color=look.color, label="median, 10–90 % of starts")
    axes.plot(
        steps,
        middle[0] * np.exp(exponent * (steps - steps[0])),
        color=style.INK,
        linestyle=(0, (4, 2)),
        linewidth=0.9,
        label=f"$\\lambda_\\mathrm{{max}} = {exponent:.4f}$ per step",
    )
    axes.legend(loc="best")


def _told(key: tuple[str, str, str], with_forcing: bool) -> str:
    series, cell, forcing = key
    words = [style.cell_style(cell).label, series, *([forcing] if with_forcing else [])]
    return ", ".join(words)
