"""The axes of a sweep: places side by side, ticks, and the count of failed members above."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from chaoslearn.figures import style
from chaoslearn.figures.sweep_marks import Entry

CELL_SPACING = 0.035
"""Between neighbouring cells at one position, in units of ln(position)."""

ROW_HEIGHT = 0.075
"""Of one cell's row of failure counts, in units of the axes' height."""

TICKS = tuple(m * 10.0**e for e in range(-2, 6) for m in (1, 2, 5))


def shifts(cells: Sequence[str]) -> dict[str, float]:
    """Factor by which each cell's positions are moved so that cells stand side by side."""
    middle = (len(cells) - 1) / 2
    return {
        cell: float(np.exp(CELL_SPACING * (index - middle))) for index, cell in enumerate(cells)
    }


def set_horizontal(axes: Axes, label: str, positions: Sequence[float]) -> None:
    """Logarithmic axis around the positions, with plain numbers."""
    low, high = min(positions) / 1.25, max(positions) * 1.25
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in TICKS if low < tick < high]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(label)


def set_vertical(axes: Axes, measure: str, label: str) -> None:
    """D_stsp spans decades and is drawn on a logarithmic axis; D_H, between 0 and 1, is not."""
    axes.set_ylabel(label)
    if measure == "spectrum_distance":
        axes.set_ylim(0, 1)
        return
    axes.set_yscale("log", nonpositive="clip")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())


def count_failures(
    axes: Axes, entries: Sequence[Entry], families: Sequence[str], cells: Sequence[str]
) -> None:
    """Above the axes, ×n where n members failed: a row a cell that has failures.

    A forcing drawn as a line across has its count at the right end of the row.
    """
    failing = [cell for cell in cells if any(e.summary.failed for e in entries if e.cell == cell)]
    for entry in entries:
        if entry.summary.failed:
            inside = entry.place.position is not None and entry.place.family in families
            axes.text(
                entry.place.position if inside and entry.place.position else 1.0,
                1.0 + ROW_HEIGHT * (0.6 + failing[::-1].index(entry.cell)),
                f"×{entry.summary.failed}",
                transform=axes.get_xaxis_transform() if inside else axes.transAxes,
                color=style.cell_style(entry.cell).color,
                fontsize=7,
                horizontalalignment="center" if inside else "left",
                verticalalignment="center",
            )
