"""How tightly the growth of gradients follows the largest exponent, over all nets."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.figures import style

SUBSETS = {"all": "all nets", "chaotic": "chaotic nets"}


def draw(growth: xr.Dataset) -> Figure:
    """Growth rate of ‖∂z_T/∂z_1‖ against λ_max: a mark a net, all of them and the chaotic ones.

    Args:
        growth: the growth table, along `net`: `cell`, `growth_rate`, `largest_exponent` and their
            errors (per step), `chaotic`; of the line through them `slope` and `intercept`
            `(subset)` with `slope_interval` `(subset, bound)`, NaN where there are too few nets.
    """
    known = np.isfinite(growth["growth_rate"]) & np.isfinite(growth["largest_exponent"])
    with style.applied():
        figure = Figure(figsize=(style.FULL_WIDTH, 3.1), layout="constrained")
        for axes, subset in zip(figure.subplots(1, 2), SUBSETS, strict=True):
            shown = known & growth["chaotic"] if subset == "chaotic" else known
            _draw_nets(axes, growth.isel(net=np.flatnonzero(shown)))
            _draw_line(axes, growth.sel(subset=subset))
            count, lost = int(shown.sum()), int((~known).sum())
            told = f", {lost} without a rate" if subset == "all" and lost else ""
            axes.set_title(f"{SUBSETS[subset]}: {count}{told}\n{_told(growth, subset)}", loc="left")
            axes.set_xlabel("$\\lambda_\\mathrm{max}$ by QR (per step)")
        figure.axes[0].set_ylabel("growth rate of $\\|\\partial z_T / \\partial z_1\\|$ (per step)")
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=len(labels))
    return figure


def _draw_nets(axes: Axes, nets: xr.Dataset) -> None:
    for cell in style.in_order(set(nets["cell"].values.tolist())):
        own = nets.isel(net=np.flatnonzero(nets["cell"] == cell))
        look = style.cell_style(cell)
        axes.errorbar(
            own["largest_exponent"], own["growth_rate"],
            xerr=2 * own["largest_exponent_error"], yerr=2 * own["growth_rate_error"],
            linestyle="none", marker=look.marker, color=look.color, label=look.label,
            markersize=3.5, alpha=0.7, elinewidth=0.6,
        )  # fmt: skip


def _draw_line(axes: Axes, line: xr.Dataset) -> None:
    """The regression, and dashed the diagonal on which rate and exponent agree."""
    ends = np.array(axes.get_xlim())
    axes.plot(ends, ends, color=style.MUTED, linestyle=(0, (4, 2)), linewidth=0.9, label="equal")
    fitted = float(line["intercept"]) + float(line["slope"]) * ends
    axes.plot(ends, fitted, color=style.INK, linewidth=0.9, label="regression")
    axes.set_xlim(*ends)


def _told(growth: xr.Dataset, subset: str) -> str:
    line = growth.sel(subset=subset)
    if np.isnan(line["slope"]):
        return "too few for a line"
    low, high = line["slope_interval"].values
    return f"slope {float(line['slope']):.3f} [{low:.3f}, {high:.3f}]"
