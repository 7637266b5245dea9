"""How far gradients grow between two forcings, against the forcing interval."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from chaoslearn.errors import InputError
from chaoslearn.figures import style

LINES: dict[float, LineStyleType] = {0.5: "solid", 0.99: (0, (1, 1))}
"""By quantile over segments."""
EXPONENTIAL: LineStyleType = (0, (4, 2))


def draw(forced: Mapping[tuple[str, str], xr.Dataset], predictability_time: float) -> Figure:
    """A panel a cell, a line a member: the largest factor inside a segment against τ / τ_pred.

    Args:
        forced: (cell, forcing id) → its file: `largest_factor` `(member, quantile, interval)`,
            natural logarithm, with the quantiles 0.5 and 0.99 and intervals τ in steps.
        predictability_time: τ_pred of the series, in steps; there e^{λτ} is 2.

    Raises:
        InputError: no files, or a series without a finite τ_pred.
    """
    if not forced:
        raise InputError("forced figure: no factors to draw; give at least one net")
    if not np.isfinite(predictability_time):
        raise InputError("forced figure: the series has no finite τ_pred; choose a chaotic one")
    with style.applied():
        figure = Figure(figsize=(style.FULL_WIDTH, 2.7), layout="constrained")
        row = figure.subplots(1, len(forced), squeeze=False, sharey=True)[0]
        several = len({forcing for _, forcing in forced}) > 1
        order = style.in_order({cell for cell, _ in forced})
        nets = sorted(forced.items(), key=lambda net: order.index(net[0][0]))
        for axes, ((cell, forcing), dataset) in zip(row, nets, strict=True):
            _draw_net(axes, cell, dataset, predictability_time)
            label = style.cell_style(cell).label
            named = f"{label}, {forcing}" if several else label
            axes.set_title(named + _missing(dataset), loc="left", fontsize=8)
        factor = "\\max_{t \\leq \\tau} \\|\\partial z_{s+t} / \\partial z_s\\|"
        row[0].set_ylabel(f"${factor}$\n(dimensionless)")
        figure.supxlabel("$\\tau / \\tau_\\mathrm{pred}$ (dimensionless)", fontsize=8)
        figure.legend(handles=_legend(), loc="outside upper center", ncols=3)
    return figure


def _missing(dataset: xr.Dataset) -> str:
    """How many members have no factor: their training diverged, or a segment did."""
    missing = int(dataset["largest_factor"].isnull().all(("quantile", "interval")).sum())
    return f": {missing} of {dataset.sizes['member']} diverged" if missing else ""


def _draw_net(axes: Axes, cell: str, dataset: xr.Dataset, predictability_time: float) -> None:
    share = dataset["interval"].values / predictability_time
    for quantile, linestyle in LINES.items():
        factors = np.exp(dataset["largest_factor"].sel(quantile=quantile).values.T)
        color = style.cell_style(cell).color
        axes.plot(share, factors, color=color, linestyle=linestyle, linewidth=0.8, alpha=0.8)
    axes.plot(share, 2.0**share, color=style.INK, linestyle=EXPONENTIAL)
    axes.set_yscale("log")


def _legend() -> list[Line2D]:
    meaning = {0.5: "median over segments, a line a member", 0.99: "99 % quantile"}
    handles = [
        Line2D([], [], color=style.MUTED, linestyle=linestyle, label=meaning[quantile])
        for quantile, linestyle in LINES.items()
    ]
    label = "$e^{\\lambda\\tau}$, $\\lambda$ of the series"
    return [*handles, Line2D([], [], color=style.INK, linestyle=EXPONENTIAL, label=label)]
