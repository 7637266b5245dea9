"""Forcings as a sweep sees them: a family (`sparse`) and a number on the horizontal axis."""

from collections.abc import Iterable
from dataclasses import dataclass

AXES = {
    "sparse": "forcing interval $\\tau$ (steps)",
    "annealed": "final forcing interval $\\tau_\\mathrm{end}$ (steps)",
    "random": "half width $\\Delta$ of the random interval (steps)",
    "windowed": "window length (steps)",
    "truncated": "truncation length (steps)",
    "clipped": "gradient clipping threshold (dimensionless)",
}
COUNTED_IN_STEPS_OF_THE_ORBIT = ("sparse", "annealed", "windowed", "truncated")


@dataclass(frozen=True)
class Place:
    """Where a forcing stands in a sweep.

    Attributes:
        family: its name without the number that is swept (`sparse`, `clipped-norm`, `random-30`).
        position: that number; None if the name has none.
    """

    family: str
    position: float | None


def place(forcing: str, predictability_time: float) -> Place:
    """Split a forcing's id at its last number: `random-30-10` → (`random-30`, 10).

    Args:
        forcing: id as in file names (`sparse-30`, `sparse-auto`, `clipped-norm-1`).
        predictability_time: τ_pred in steps, which `auto` stands for.
    """
    first, joined, rest = forcing.partition("+")
    pieces = first.split("-")
    for index in reversed(range(1, len(pieces))):
        number = round(predictability_time) if pieces[index] == "auto" else _number(pieces[index])
        if number is not None:
            family = "-".join(pieces[:index] + pieces[index + 1 :])
            return Place(family + joined + rest, float(number))
    return Place(forcing, None)


def swept(places: Iterable[Place]) -> list[str]:
    """Families drawn as curves: those with two positions or more, else sparse, else all.

    The others become horizontal lines to compare with.
    """
    positions: dict[str, set[float]] = {}
    for spot in places:
        if spot.position is not None:
            positions.setdefault(spot.family, set()).add(spot.position)
    several = [family for family, found in positions.items() if len(found) > 1]
    if several:
        return several
    return ["sparse"] if "sparse" in positions else list(positions)


def axis_of(family: str) -> str:
    """Label of the horizontal axis, with units."""
    return AXES.get(family.split("-")[0], f"{family} (dimensionless)")


def shows_predictability(family: str) -> bool:
    """Whether τ_pred is a place on this family's axis."""
    return family.split("-")[0] in COUNTED_IN_STEPS_OF_THE_ORBIT


def _number(text: str) -> float | None:
    return float(text) if text.replace(".", "", 1).isdigit() else None
