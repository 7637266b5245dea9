"""The axes of a sweep: places side by side, ticks, and the count of failed members above."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter, NullLocator

from chaoslearn.figures import style
from chaoslearn.figures.sweep_marks import Entry

SPACING = 0.0085
"""Between neighbours at one position, in units of the axis' length."""

ROW_HEIGHT = 0.075
"""Of one row of failure counts, in units of the axes' height."""

TICKS = tuple(m * 10.0**e for e in range(-2, 6) for m in (1, 2, 5))
FEW = 6
"""So many positions or fewer are all ticks."""

Track = tuple[str, str]
"""A cell and a family: what is joined by one curve."""


def limits(positions: Sequence[float]) -> tuple[float, float]:
    """Ends of the horizontal axis around what it shows."""
    return min(positions) / 1.25, max(positions) * 1.25


def shifts(tracks: Sequence[Track], ends: tuple[float, float]) -> dict[Track, float]:
    """Factor by which each track's positions are moved so that all stand side by side."""
    spacing = SPACING * np.log(ends[1] / ends[0])
    middle = (len(tracks) - 1) / 2
    return {track: float(np.exp(spacing * (index - middle))) for index, track in enumerate(tracks)}


def set_horizontal(
    axes: Axes, label: str, ends: tuple[float, float], positions: Sequence[float]
) -> None:
    """Logarithmic axis with plain numbers: the positions if they are few, else round ones."""
    chosen = sorted(set(positions))
    ticks = chosen if len(chosen) <= FEW else [t for t in TICKS if ends[0] < t < ends[1]]
    axes.set_xscale("log")
    axes.set_xlim(*ends)
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FuncFormatter(_plain))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(label)


def set_vertical(axes: Axes, measure: str, label: str) -> None:
    """D_stsp spans decades and is drawn on a logarithmic axis; D_H, between 0 and 1, is not."""
    axes.set_ylabel(label)
    if measure == "spectrum_distance":
        axes.set_ylim(0, 1)
        return
    axes.set_yscale("log", nonpositive="clip")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
    axes.yaxis.set_major_formatter(FuncFormatter(_plain))
    axes.yaxis.set_minor_formatter(NullFormatter())


def count_failures(axes: Axes, entries: Sequence[Entry], families: Sequence[str]) -> None:
    """Above the axes, how many members failed: a row for each cell that has failures.

    Bare digits, since intervals stand close together.

    A forcing drawn as a line across has its count at the right end of the row. Where a figure has
    several families, each has a row, and the counts name it.
    """
    failing = [entry for entry in entries if entry.summary.failed]
    words = {entry.place.family: _word(entry, entries, families) for entry in failing}
    rows = list(dict.fromkeys((entry.cell, words[entry.place.family]) for entry in failing))[::-1]
    for entry in failing:
        inside = entry.place.family in families
        word = words[entry.place.family]
        axes.text(
            entry.place.position if inside and entry.place.position else 1.0,
            1.0 + ROW_HEIGHT * (0.6 + rows.index((entry.cell, word))),
            f"{word}{entry.summary.failed}",
            transform=axes.get_xaxis_transform() if inside else axes.transAxes,
            color=style.cell_style(entry.cell).color,
            fontsize=7,
            horizontalalignment="center" if inside else "left",
            verticalalignment="center",
        )


def _word(entry: Entry, entries: Sequence[Entry], families: Sequence[str]) -> str:
    """What tells a family from others of its kind (curve or line across); "" if there are none."""
    alike = {
        other.place.family
        for other in entries
        if (other.place.family in families) == (entry.place.family in families)
    }
    if len(alike) == 1:
        return ""
    kinds = {family.split("-")[0] for family in alike}
    words = entry.place.family.split("-")
    return " ".join(words[len(kinds) == 1 :]) + ": "


def _plain(value: float, _: int | None) -> str:
    return f"{value:g}"
