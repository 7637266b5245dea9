"""The axes of a sweep: ticks, names of what stands beside, and the count of failed members."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

from chaoslearn.figures import style
from chaoslearn.figures.sweep_marks import Entry
from chaoslearn.figures.sweep_places import Places

ROW_HEIGHT = 0.075
"""Of one row of failure counts, in units of the axes' height."""

DIGIT_GAP = 0.04
"""Between two counts, in units of the axis' length."""

TICKS = tuple(m * 10.0**e for e in range(-2, 6) for m in (1, 2, 5))
FEW = 6
"""So many positions or fewer are all ticks."""

UPRIGHT = 2
"""More names beside the axis than this are written upright."""

HIGHEST_DISTANCE = 1.04
"""A little above 1, the largest D_H, so that its marks are whole."""


def set_horizontal(axes: Axes, label: str, places: Places) -> None:
    """Logarithmic axis with plain numbers: the positions if they are few, else round ones.

    Behind a thin line stands what has no place on it, by name.
    """
    low, high = places.ends
    few = len(places.ticks) <= FEW
    ticks = places.ticks if few else [tick for tick in TICKS if low < tick < high]
    names = places.beside.values()
    upright = len(names) > UPRIGHT
    told = [name if upright else name.replace(" ", "\n", 1) for name in names]
    axes.set_xscale("log")
    axes.set_xlim(low, places.right)
    axes.set_xticks([*ticks, *places.slots.values()], [*(f"{tick:g}" for tick in ticks), *told])
    for text in axes.get_xticklabels()[len(ticks) :]:
        text.set_rotation(90 if upright else 0)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(label)
    if names:
        axes.axvline(high, color=style.INK, linewidth=0.6, zorder=0)


def set_vertical(axes: Axes, measure: str, label: str) -> None:
    """D_stsp spans decades and is drawn on a logarithmic axis; D_H, between 0 and 1, is not."""
    axes.set_ylabel(label)
    if measure == "spectrum_distance":
        axes.set_ylim(0, HIGHEST_DISTANCE)
        return
    axes.set_yscale("log", nonpositive="clip")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
    axes.yaxis.set_major_formatter(FuncFormatter(_plain))
    axes.yaxis.set_minor_formatter(NullFormatter())


def count_failures(axes: Axes, entries: Sequence[Entry], places: Places) -> None:
    """Above the axes, how many members failed: a row for each cell that has failures.

    Bare digits, since intervals stand close together; each row begins with its cell's marker.
    Where a figure has several families on its axis, each has a row, which begins with its name.
    """
    failing = [entry for entry in entries if entry.summary.failed]
    rows = list(dict.fromkeys((entry.cell, _row_name(entry, places)) for entry in failing))[::-1]
    for index, (cell, name) in enumerate(rows):
        height = 1.0 + ROW_HEIGHT * (0.6 + index)
        look = style.cell_style(cell)
        axes.plot(
            -0.02, height, marker=look.marker, color=look.color, markersize=3, linestyle="none",
            transform=axes.transAxes, clip_on=False,
        )  # fmt: skip
        _write(axes, name, -0.045, height, look.color, inside=False)
        counts = sorted(
            (places.position(entry.place), entry.summary.failed)
            for entry in failing
            if (entry.cell, _row_name(entry, places)) == (cell, name)
        )
        apart = places.apart([position for position, _ in counts], DIGIT_GAP)
        for position, (_, failed) in zip(apart, counts, strict=True):
            _write(axes, str(failed), position, height, look.color, inside=True)


def _row_name(entry: Entry, places: Places) -> str:
    """What tells a family's row from others of its cell; "" if there are none."""
    if len(places.families) == 1 or entry.place.family not in places.families:
        return ""
    kinds = {family.split("-")[0] for family in places.families}
    words = entry.place.family.split("-")
    return " ".join(words[len(kinds) == 1 :])


def _write(axes: Axes, text: str, x: float, y: float, color: str, *, inside: bool) -> None:
    """Small text above the axes, or left of that."""
    if text:
        axes.text(
            x, y, text, color=color, fontsize=7, verticalalignment="center",
            transform=axes.get_xaxis_transform() if inside else axes.transAxes,
            horizontalalignment="center" if inside else "right",
        )  # fmt: skip


def _plain(value: float, _: int | None) -> str:
    return f"{value:g}"
