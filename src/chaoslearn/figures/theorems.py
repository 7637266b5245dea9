"""The theorems, net by net: a row of panels a regime or series, a column a cell."""

from collections.abc import Mapping

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.errors import InputError
from chaoslearn.figures import style
from chaoslearn.figures.gradients import draw_net, legend, say_none, survived

REGIMES = {"fixed-point": "fixed point", "none": "no net", "torus": "torus"}
"""Names of regimes in words, where these differ."""


def draw(gradients: Mapping[tuple[str, str], xr.Dataset]) -> Figure:
    """Three norms against T in each panel, and the line of slope λ_max. Page width.

    Args:
        gradients: (row, cell) → a gradients file; rows are series, or regimes of constructed nets.
            Each panel names the regime its net was found in, by the attribute `regime`.

    Raises:
        InputError: no gradients.
    """
    if not gradients:
        raise InputError("theorems figure: no traces to draw; give at least one net")
    rows = list(dict.fromkeys(row for row, _ in gradients))
    cells = style.in_order({cell for _, cell in gradients})
    with style.applied():
        size = (style.FULL_WIDTH, 0.6 + 1.45 * len(rows))
        figure = Figure(figsize=size, layout="constrained")
        grid = figure.subplots(len(rows), len(cells), squeeze=False, sharex=True)
        for row, line in zip(rows, grid, strict=True):
            name = REGIMES.get(row, row.replace("_", " "))
            line[0].set_ylabel(f"{name}:\nnorm (dimensionless)")
            for cell, axes in zip(cells, line, strict=True):
                _draw_panel(axes, cell, gradients[row, cell])
        for cell, axes in zip(cells, grid[0], strict=True):
            label = style.cell_style(cell).label
            axes.set_title(f"{label}\n{axes.get_title(loc='left')}", loc="left", fontsize=7)
        figure.supxlabel("$T$ (steps)", fontsize=8)
        figure.text(0.99, 0.01, "$\\lambda$ per step", ha="right", va="bottom", fontsize=7)
        figure.legend(handles=legend(), loc="outside upper center", ncols=4)
    return figure


def _draw_panel(axes: Axes, cell: str, dataset: xr.Dataset) -> None:
    if survived(dataset):
        draw_net(axes, cell, dataset)
    else:
        say_none(axes)
    exponent = float(dataset["largest_exponent"])
    told = f"$\\lambda$ = {style.number(exponent, '.2g')}, " if survived(dataset) else ""
    found = str(dataset.attrs["regime"])
    axes.set_title(told + REGIMES.get(found, found), loc="left", fontsize=7)
