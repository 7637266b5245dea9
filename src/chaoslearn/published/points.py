"""The points of the published figures: Mikhaeil, Monfared, Durstewitz, NeurIPS 2022.

Read off the authors' vector figures (`README.md` beside this file), arXiv:2110.07238.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from chaoslearn.errors import InputError
from chaoslearn.published.places import Place

FILES = {
    "fig1a": "Lorenz/",
    "fig1b": "Duffing/",
    "fig3b": "Weather/",
    "fig5": "Roessler/",
    "fig7": "MackeyGlass/",
    "fig8": "Lorenz2D/",
    "fig9": "Windowing/Windowing_",
    "figEEG": "EEG/",
    "figClip": "GradClipping/",
    "figTrunc": "TruncatedBPTT/",
    "figWindow": "Windowing/windowing_sweep",
    "figRandom": "RandomTF/",
    "figAnneal": "Annealing/",
}
"""Id of each published figure that shows a measure → how its file names begin."""

FAMILIES = {
    "sweep": "sparse",
    "sparse TF tau=30": "sparse",
    "dashed_line": "sparse",
    "grad_clip_line": "clipped-norm",
    "norm clip; x=threshold c": "clipped-norm",
    "max(value) clip; x=threshold c": "clipped-value",
    "truncated BPTT (no forcing); x=trunc length": "truncated",
    "windowing; x=window length": "windowed",
    "windowing line (mean of 3)": "windowed",
    "random tau U(30-dTau..30+dTau); x=dTau": "random-30",
    "annealing tau_end=46 seqLen1000": "annealed",
}
"""Name of a published curve → the family of forcings it belongs to."""

MEASURES = {"state_space_divergence": "D_stsp", "spectrum_distance": "D_H"}
NOT_DRAWN = ("EXTRAPOLATED", "UNRELIABLE")


@dataclass(frozen=True)
class PublishedPoint:
    """One point (or horizontal line) of a published figure.

    Attributes:
        cell: rnn, lstm or plrnn.
        place: family of its forcing (`sparse`, `clipped-norm`) and position on the horizontal
            axis; without one it is a line across.
        value: of the measure, mean over the published runs.
        standard_error: of that mean; None where print shows none (a run diverged, or a line).
    """

    cell: str
    place: Place
    value: float
    standard_error: float | None


def points(figure: str, measure: str) -> list[PublishedPoint]:
    """What a published figure shows of one measure, extrapolated and mixed-up rows left out.

    Args:
        figure: id of the figure, a key of `FILES` (`fig1a`).
        measure: `state_space_divergence` or `spectrum_distance`.

    Raises:
        InputError: no such figure.
    """
    return [
        PublishedPoint(
            cell=row["model"].lower(),
            place=Place(FAMILIES[row["series"]], _number(row["tau"])),
            value=float(row["value"]),
            standard_error=_number(row["sem"]),
        )
        for row in _rows_of(figure)
        if row["measure"] == MEASURES[measure]
        and row["series"] in FAMILIES
        and row["value"]
        and not any(word in row["note"] for word in NOT_DRAWN)
    ]


def predictability_time(figure: str) -> float | None:
    """Where a published figure draws its τ_pred, in steps; None if it draws none.

    Raises:
        InputError: no such figure.
    """
    lines = (row["tau"] for row in _rows_of(figure) if row["model"] == "tau_pred")
    return _number(next(lines, ""))


def _rows_of(figure: str) -> Iterator[dict[str, str]]:
    if figure not in FILES:
        raise InputError(
            f"published figure {figure!r}: no points of it are known; there are {', '.join(FILES)}"
        )
    return (row for row in _table() if row["figure"].startswith(FILES[figure]))


@cache
def _table() -> tuple[dict[str, str], ...]:
    table = resources.files("chaoslearn.published") / "figure_points.csv"
    with table.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


def _number(text: str) -> float | None:
    return float(text) if text else None
