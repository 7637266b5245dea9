"""Mean log-divergence of nearest neighbours, and the slope that is λ_max: figure 3a."""

import numpy as np
import xarray as xr
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.typing import LineStyleType

from chaoslearn.figures import style

FIT: LineStyleType = (0, (4, 2))
EQUATIONS: LineStyleType = (0, (1, 1))


def draw(exponents: xr.Dataset) -> Figure:
    """One curve an embedding dimension, the fitted stretch shaded, its slope drawn. Column width.

    Args:
        exponents: the exponents file: `log_divergence` `(embedding, lag)` with the coordinates
            `embedding` (dimension) and `lag` (time, with `units`); `largest_exponent_from_data`
            and its interval `largest_exponent_from_data_interval` `(bound,)` per time unit, and
            the fitted stretch `fit_start`, `fit_stop` (time). Where the method refused a number
            these are nan and only the curves are drawn. `exponent` `(index,)` from equations,
            where known, gives a second slope to compare with.
    """
    with style.applied():
        figure = Figure(figsize=(style.COLUMN_WIDTH, 2.6), layout="constrained")
        axes = figure.subplots()
        _draw_curves(axes, exponents)
        if np.isfinite(float(exponents["largest_exponent_from_data"])):
            _draw_fit(axes, exponents)
        units = str(exponents["lag"].attrs.get("units", "1"))
        axes.set_xlabel(style.axis_label("time $t$", units))
        axes.set_ylabel("mean ln distance after $t$")
        axes.legend(loc="lower right", handlelength=1.4, ncols=2)
    return figure


def _draw_curves(axes: Axes, exponents: xr.Dataset) -> None:
    dimensions = exponents["embedding"].values
    shades = colormaps["viridis"](np.linspace(0.0, 0.85, len(dimensions)))
    for dimension, shade in zip(dimensions, shades, strict=True):
        curve = exponents["log_divergence"].sel(embedding=dimension)
        axes.plot(exponents["lag"], curve, color=shade, label=f"$m$ = {int(dimension)}")


def _draw_fit(axes: Axes, exponents: xr.Dataset) -> None:
    start, stop = float(exponents["fit_start"]), float(exponents["fit_stop"])
    slope = float(exponents["largest_exponent_from_data"])
    low, high = exponents["largest_exponent_from_data_interval"].values
    fitted = exponents["log_divergence"].where(
        (exponents["lag"] >= start) & (exponents["lag"] <= stop), drop=True
    )
    pivot = (0.5 * (start + stop), float(fitted.mean()))
    axes.axvspan(start, stop, color=style.MUTED, alpha=0.12, linewidth=0)
    reach = 0.7 * (stop - start)
    _draw_slope(axes, pivot, reach, slope, FIT, "fit")
    if "exponent" in exponents:
        known = float(exponents["exponent"][0])
        _draw_slope(axes, pivot, reach, known, EQUATIONS, f"equations: {known:.3g}")
    axes.set_title(
        f"$\\lambda_\\mathrm{{max}}$ = {slope:.3g} [{low:.3g}, {high:.3g}] "
        f"{_rate_units(exponents)}",
        loc="left",
    )


def _draw_slope(
    axes: Axes,
    pivot: tuple[float, float],
    reach: float,
    slope: float,
    line: LineStyleType,
    label: str,
) -> None:
    times = np.array([-reach, reach])
    axes.plot(
        pivot[0] + times,
        pivot[1] + slope * times,
        color=style.INK,
        linestyle=line,
        linewidth=1.1,
        zorder=5,
        label=label,
    )


def _rate_units(exponents: xr.Dataset) -> str:
    units = str(exponents["lag"].attrs.get("units", "1"))
    return "per time unit" if units == "1" else f"per {units}"
