"""How every figure looks: sizes, fonts, colours by cell, and how it is saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.typing import RcKeyType

from chaoslearn.errors import InputError
from chaoslearn.writing import atomic

COLUMN_WIDTH = 3.5
FULL_WIDTH = 7.0
"""Inches: one column, and the page, of a two-column journal. Figures are printed at this size."""

INK = "#222222"
MUTED = "#767676"

SETTINGS: dict[RcKeyType, Any] = {
    "font.family": "DejaVu Sans",
    "mathtext.fontset": "dejavusans",
    "font.size": 8,
    "axes.labelsize": 8,
    "axes.titlesize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.columnspacing": 1.2,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "lines.linewidth": 1.0,
    "pdf.fonttype": 42,  # TrueType, embedded: editable and accepted by every journal
}

# What makes matplotlib write no date and no version into a file.
UNDATED: dict[str, dict[str, Any]] = {".pdf": {"CreationDate": None}, ".png": {"Software": None}}


@dataclass(frozen=True)
class CellStyle:
    """How one cell is drawn in every figure."""

    label: str
    color: str
    marker: str


# Okabe & Ito's palette, which the colour-blind tell apart; the marker tells them apart in grey.
CELLS = {
    "rnn": CellStyle("RNN", "#0072B2", "o"),
    "lstm": CellStyle("LSTM", "#D55E00", "s"),
    "plrnn": CellStyle("PLRNN", "#009E73", "^"),
    "gru": CellStyle("GRU", "#CC79A7", "D"),
}
SPARE_COLORS = ("#56B4E9", "#E69F00", "#000000")
SPARE_MARKERS = ("v", "P", "X", "<", ">")


def cell_style(cell: str) -> CellStyle:
    """Colour, marker and label of a cell; one from outside keeps the same spare ones everywhere."""
    if cell in CELLS:
        return CELLS[cell]
    number = crc32(cell.encode())
    # Three and five have no common divisor, so every pair comes up.
    color = SPARE_COLORS[number % len(SPARE_COLORS)]
    return CellStyle(cell, color, SPARE_MARKERS[number % len(SPARE_MARKERS)])


def in_order(cells: set[str]) -> list[str]:
    """Cells in the order in which every figure names them: the paper's, then by name."""
    known = [cell for cell in CELLS if cell in cells]
    return known + sorted(cells - set(known))


def number(value: float, form: str) -> str:
    """A number in mathematics: with a minus sign, and powers of ten for an exponent."""
    digits, _, power = format(value, form).partition("e")
    return f"${digits} \\times 10^{{{int(power)}}}$" if power else f"${digits}$"


def axis_label(name: str, units: str) -> str:
    """A quantity with its units, as an axis shows it."""
    return f"{name} ({'dimensionless' if units == '1' else units})"


def count_decades(axes: Axes) -> None:
    """A vertical axis of decades: norms beyond the range of numbers are drawn all the same."""
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda decade, _: f"$10^{{{decade:.0f}}}$"))


@contextmanager
def applied() -> Iterator[None]:
    """Whatever is drawn inside has the common style."""
    with rc_context(SETTINGS):
        yield


def save(figure: Figure, *paths: str | Path) -> None:
    """Write a figure, as vectors (.pdf) or a 200 dpi picture (.png); equal figures, equal files.

    Raises:
        InputError: a path ends otherwise, or cannot be written; no half-written figure stays.
    """
    with applied():
        for path in map(Path, paths):
            if path.suffix not in UNDATED:
                raise InputError(f"{path}: no ending of a figure; end it in {' or '.join(UNDATED)}")
            with atomic(path) as partial:
                figure.savefig(
                    partial, format=path.suffix[1:], dpi=200, metadata=UNDATED[path.suffix]
                )
            figure.set_layout_engine("none")  # laid out once: every file looks the same
