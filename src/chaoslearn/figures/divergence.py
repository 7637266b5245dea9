"""How nearest neighbours move apart in time, and the slope that is λ_max: figure 3a."""

import textwrap

import numpy as np
import xarray as xr
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.figures import style

AVERAGED = {
    "fixed distance": ("mean time to get so far apart", "ln distance of neighbours"),
    "fixed time": ("time", "mean ln distance of neighbours"),
}
"""What the axes show, by what was averaged."""

LETTERS_A_LINE = 54
EQUATIONS_LIFT = 0.35
"""Of the equations' slope above the last curve, so that it does not cover the fit."""


def draw(exponents: xr.Dataset) -> Figure:
    """One curve an embedding dimension, its straight stretch dashed. Column width.

    Args:
        exponents: the exponents file: `log_divergence` `(embedding, lag)` with the coordinates
            `embedding` (dimension) and `lag` (time, with `units`), averaged as the attribute
            `averaging` says, `exponent_of_embedding`,
            `fit_start` and `fit_stop` `(embedding,)` (time; nan where no stretch is straight),
            `largest_exponent_from_data` with its `…_interval` `(bound,)`, and the attribute
            `refused`, the reason where there is no number. `exponent` `(index,)` from equations,
            where known, gives a second slope to compare with.
    """
    units = str(exponents["lag"].attrs["units"])
    with style.applied():
        figure = Figure(figsize=(style.COLUMN_WIDTH, 2.8), layout="constrained")
        axes = figure.subplots()
        _draw_embeddings(axes, exponents)
        if "exponent" in exponents and not exponents.attrs["refused"]:
            known = float(exponents["exponent"][0])
            fitted = np.flatnonzero(np.isfinite(exponents["exponent_of_embedding"]))
            last = exponents.isel(embedding=int(fitted[-1]))
            _draw_slope(axes, last, known, style.MUTED, f"equations: {known:.3g}", EQUATIONS_LIFT)
        axes.set_title(_told(exponents, units), loc="left")
        time, distance = AVERAGED[str(exponents.attrs["averaging"])]
        axes.set_xlabel(style.axis_label(time, units))
        axes.set_ylabel(style.axis_label(distance, "1"))
        axes.legend(loc="lower right", handlelength=1.6, ncols=2)
    return figure


def _draw_embeddings(axes: Axes, exponents: xr.Dataset) -> None:
    dimensions = exponents["embedding"].values
    shades = colormaps["viridis"](np.linspace(0.0, 0.85, len(dimensions)))
    for dimension, shade in zip(dimensions, shades, strict=True):
        curve = exponents.sel(embedding=dimension)
        axes.plot(curve["lag"], curve["log_divergence"], color=shade, label=f"$m$ = {dimension}")
    label: str | None = "fit"
    for dimension in dimensions:
        curve = exponents.sel(embedding=dimension)
        slope = float(curve["exponent_of_embedding"])
        if np.isfinite(slope):
            _draw_slope(axes, curve, slope, style.INK, label)
            label = None


def _draw_slope(
    axes: Axes,
    curve: xr.Dataset,
    slope: float,
    color: str,
    label: str | None,
    lift: float = 0.0,
) -> None:
    """A line of that slope along a curve's straight stretch."""
    start, stop = float(curve["fit_start"]), float(curve["fit_stop"])
    inside = (curve["lag"] >= start) & (curve["lag"] <= stop)
    height = float(curve["log_divergence"].where(inside).mean()) + lift
    times = np.array([-0.5, 0.5]) * (stop - start)
    axes.plot(
        0.5 * (start + stop) + times,
        height + slope * times,
        color=color,
        linestyle=(0, (4, 2)),
        linewidth=1.1,
        zorder=5,
        label=label,
    )


def _told(exponents: xr.Dataset, units: str) -> str:
    """The exponent from data with its interval, or why there is none."""
    if exponents.attrs["refused"]:
        return textwrap.fill(str(exponents.attrs["refused"]), LETTERS_A_LINE)
    low, high = exponents["largest_exponent_from_data_interval"].values
    value = float(exponents["largest_exponent_from_data"])
    rate = "per time unit" if units == "1" else f"per {units}"
    return f"$\\lambda_\\mathrm{{max}}$ = {value:.3g} [{low:.3g}, {high:.3g}] {rate}"
