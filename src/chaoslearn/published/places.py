"""Forcings as the axis of a figure sees them: a family (`sparse`) and a number."""

from dataclasses import dataclass


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
        number = (
            max(1, round(predictability_time))
            if pieces[index] == "auto"
            else _number(pieces[index])
        )
        if number is not None:
            family = "-".join(pieces[:index] + pieces[index + 1 :])
            return Place(family + joined + rest, float(number))
    return Place(forcing, None)


def _number(text: str) -> float | None:
    return float(text) if text.replace(".", "", 1).isdigit() else None
