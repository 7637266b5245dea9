"""Families of forcings in a figure: which are drawn as curves, and against what."""

from collections.abc import Iterable

from chaoslearn.published.places import Place

AXES = {
    "sparse": "forcing interval $\\tau$ (steps)",
    "annealed": "final forcing interval $\\tau_\\mathrm{end}$ (steps)",
    "random": "half width $\\Delta$ of the random interval (steps)",
    "windowed": "window length (steps)",
    "truncated": "truncation length (steps)",
    "clipped": "gradient clipping threshold (dimensionless)",
}
COUNTED_IN_STEPS_OF_THE_ORBIT = ("sparse", "annealed", "windowed", "truncated")


def swept(places: Iterable[Place], printed: Iterable[Place] = ()) -> list[str]:
    """Families drawn as curves: those with two positions or more, else sparse, else all.

    With them come those of the same axis, also if they have but one position or are in print alone.
    The others stand beside the axis, to compare with.
    """
    positions: dict[str, set[float]] = {}
    for spot in places:
        if spot.position is not None:
            positions.setdefault(spot.family, set()).add(spot.position)
    several = [family for family, found in positions.items() if len(found) > 1]
    leading = several or (["sparse"] if "sparse" in positions else list(positions))
    shown = {axis_of(family) for family in leading}
    known = [*positions, *(spot.family for spot in printed if spot.position is not None)]
    return [family for family in dict.fromkeys(known) if axis_of(family) in shown]


def axis_of(family: str) -> str:
    """Label of the horizontal axis, with units."""
    return AXES.get(family.split("-")[0], f"{family} (dimensionless)")


def shows_predictability(family: str) -> bool:
    """Whether τ_pred is a place on this family's axis."""
    return family.split("-")[0] in COUNTED_IN_STEPS_OF_THE_ORBIT
