"""The legend of a sweep: above both panels, only what the figure shows."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from chaoslearn.figures import style, sweep_marks
from chaoslearn.figures.sweep_marks import Entry

MOST_COLUMNS = 6


def draw(
    figure: Figure,
    cells: Sequence[str],
    families: Sequence[str],
    entries: Sequence[Entry],
    *,
    times: Mapping[str, float],
    overlaid: bool,
) -> None:
    """One legend for the whole figure.

    Args:
        cells: in the order of the legend.
        families: that are swept; named where there are several.
        entries: all ensembles of the figure.
        times: τ_pred in steps, "own" and "printed", as far as the figure shows them; infinite
            where λ_max is not positive, NaN where it is unknown.
        overlaid: whether published points are drawn.
    """
    handles = [_cell(cell) for cell in cells]
    if len(families) > 1:
        handles += [
            _line(family.replace("-", " "), sweep_marks.LINES[index])
            for index, family in enumerate(families)
        ]
    handles += [
        _line(f"{forcing.replace('-', ' ')} (median)", line)
        for forcing, line in sweep_marks.lines_across(entries, families).items()
    ]
    handles += [_mark("member", ".")]
    if any(len(entry.summary.failed_values) for entry in entries):
        handles.append(_mark("failed member", "x"))
    if any(entry.summary.failed for entry in entries):
        handles.append(_mark("members failed", "$n$"))
    if overlaid:
        handles.append(_mark("print (mean ± s.e.m.)", "o", hollow=True))
    handles.append(_line("floor", sweep_marks.FLOOR))
    handles += [_time(name, time) for name, time in times.items()]
    _lay_out(figure, handles)


def _lay_out(figure: Figure, handles: list[Line2D]) -> None:
    """In as few rows as the width allows, which are about equally long."""
    for rows in range(-(-len(handles) // MOST_COLUMNS), len(handles) + 1):
        columns = -(-len(handles) // rows)
        legend = figure.legend(
            handles=_row_by_row(handles, columns), loc="outside upper center", ncols=columns
        )
        if legend.get_window_extent().width <= figure.bbox.width:
            return
        legend.remove()


def _cell(cell: str) -> Line2D:
    look = style.cell_style(cell)
    return Line2D([], [], color=look.color, marker=look.marker, markersize=3.6, label=look.label)


def _line(label: str, line: LineStyleType) -> Line2D:
    return Line2D([], [], color=style.MUTED, linestyle=line, linewidth=0.9, label=label)


def _mark(label: str, marker: str, *, hollow: bool = False) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=marker,
        markersize=4.5,
        markeredgewidth=0.8 if hollow or marker == "x" else 0,
        color=style.MUTED,
        markerfacecolor="none" if hollow else style.MUTED,
        label=label,
    )


def _time(name: str, time: float) -> Line2D:
    words = "in print " if name == "printed" else ""
    number = "unknown" if np.isnan(time) else f"{time:.1f}" if np.isfinite(time) else "infinite"
    line = sweep_marks.TIMES[name] if np.isfinite(time) else "none"
    return _line(f"$\\tau_\\mathrm{{pred}}$ {words}{number}", line)


def _row_by_row(handles: list[Line2D], columns: int) -> list[Line2D]:
    """The order that makes a legend, which fills column by column, read row by row."""
    return [handle for column in range(columns) for handle in handles[column::columns]]
