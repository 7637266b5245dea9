"""What a sweep is drawn with: curves of medians, members, lines across, published points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.typing import LineStyleType

from chaoslearn.figures import style
from chaoslearn.figures.ensemble import EnsembleSummary
from chaoslearn.published.places import Place
from chaoslearn.published.points import PublishedPoint

Array = npt.NDArray[np.float64]

FEWEST_FOR_A_BAR = 3

LINES: tuple[LineStyleType, ...] = ("-", (0, (7, 1.5)), (0, (1, 1)))
"""Line style of the first, second, third family that a figure sweeps."""

ACROSS: tuple[LineStyleType, ...] = ((0, (4, 2)), (0, (9, 2.5)), (0, (4, 1.5, 1, 1.5)))
"""Of the first, second, third forcing that is drawn as a line across."""

FLOOR: LineStyleType = (0, (1, 1.5))
TIMES: dict[str, LineStyleType] = {"own": "-", "printed": (0, (5, 1.5, 1, 1.5))}


@dataclass(frozen=True)
class Entry:
    """One ensemble in one panel: who it is, where it stands, how good it is."""

    cell: str
    forcing: str
    place: Place
    summary: EnsembleSummary


def draw_ensembles(axes: Axes, entries: list[Entry], positions: Array, line: LineStyleType) -> None:
    """Medians with MAD, joined, and every member as a small dot (a cross where it failed).

    Args:
        entries: of one cell and one family, in the order in which they are joined.
        positions: where each of them stands, `(entry,)`.
        line: line style of the family.
    """
    look = style.cell_style(entries[0].cell)
    medians = np.array([entry.summary.median for entry in entries])
    axes.errorbar(
        positions,
        np.where(np.isfinite(medians), medians, np.nan),  # the line breaks where there is none
        yerr=[_bar(entry.summary) for entry in entries],
        color=look.color,
        marker=look.marker,
        markersize=3.6,
        markeredgewidth=0,
        linestyle=line,
        elinewidth=0.8,
        zorder=4,
    )
    for position, entry in zip(positions, entries, strict=True):
        for values, marker in ((entry.summary.values, "."), (entry.summary.failed_values, "x")):
            axes.scatter(
                np.full(len(values), position),
                values,
                s=14,
                marker=marker,
                color=look.color,
                alpha=0.55,
                linewidths=0 if marker == "." else 0.7,
                zorder=3,
            )


def _bar(summary: EnsembleSummary) -> float:
    """Half the length of the bar: none beside two members, which are its ends themselves.

    A deviation can be infinite beside a finite median: half the members lie beyond any number.
    """
    enough = summary.members >= FEWEST_FOR_A_BAR and np.isfinite(summary.deviation)
    return summary.deviation if enough else 0.0


def lines_across(entries: Iterable[Entry], families: Sequence[str]) -> dict[str, LineStyleType]:
    """The line style of each forcing that is none of the swept families."""
    forcings = dict.fromkeys(e.forcing for e in entries if e.place.family not in families)
    return {forcing: ACROSS[index % len(ACROSS)] for index, forcing in enumerate(forcings)}


def draw_across(axes: Axes, entry: Entry, line: LineStyleType) -> None:
    """The median of an ensemble beside the axis, as a dashed line across."""
    if np.isfinite(entry.summary.median):
        color = style.cell_style(entry.cell).color
        axes.axhline(entry.summary.median, color=color, linestyle=line, linewidth=0.8, zorder=2)


def draw_published(axes: Axes, point: PublishedPoint, position: float) -> None:
    """A point of the published figure, hollow."""
    look = style.cell_style(point.cell)
    axes.errorbar(
        position,
        point.value,
        yerr=point.standard_error,
        color=look.color,
        marker=look.marker,
        markersize=5.5,
        markerfacecolor="none",
        markeredgewidth=0.8,
        elinewidth=0.6,
        linestyle="none",
        zorder=5,
    )


def draw_floor(axes: Axes, floor: float) -> None:
    """The measure's value between two stretches of the true series, dotted."""
    axes.axhline(floor, color=style.MUTED, linestyle=FLOOR, linewidth=1.0, zorder=1)


def draw_predictability(axes: Axes, times: Mapping[str, float]) -> None:
    """Vertical lines at τ_pred in steps, the "own" and the "printed"; none where not finite."""
    for name, time in times.items():
        if np.isfinite(time):
            line = TIMES[name]
            axes.axvline(time, color=style.MUTED, linestyle=line, linewidth=0.8, zorder=0)
