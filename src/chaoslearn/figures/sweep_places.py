"""Where things stand in a sweep: on its axis, or in a strip beside it; and side by side."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chaoslearn.published.places import Place

MARGIN = 1.25
"""Factor from the outermost positions to the ends of the axis."""

SLOT, GAP = 0.16, 0.05
"""Length that each forcing beside the axis takes, and that before the first, in units of the axis'
length."""

SPACING = 0.015
"""Between neighbours at one position, in units of the axis' length…"""

WIDEST = 0.06
"""… but not more than this from the first to the last."""


@dataclass(frozen=True)
class Places:
    """The horizontal axis of a sweep, which is logarithmic.

    Attributes:
        families: drawn as curves over their positions.
        beside: of each other family its name in words, in the order of the strip.
        ends: of the axis, without the strip.
        ticks: positions in use, in order.
    """

    families: list[str]
    beside: dict[str, str]
    ends: tuple[float, float]
    ticks: list[float]

    @classmethod
    def of(
        cls,
        families: list[str],
        shown: Mapping[Place, str],
        printed: Iterable[Place],
        also: Iterable[float],
    ) -> Places:
        """Where ensembles (by their forcings) and printed points stand, with room for more values.

        What is in print alone is called by its family.
        """
        names = {place: f"{place.family} in print" for place in printed} | dict(shown)
        positions = {_on_axis(place, families) for place in names}
        ticks = sorted(position for position in positions if position is not None)
        beside = {
            place.family: name.replace("-", " ")
            for place, name in [*names.items(), *shown.items()]
            if _on_axis(place, families) is None
        }
        ends = [*ticks, *also] or [1.0]
        return cls(families, beside, (min(ends) / MARGIN, max(ends) * MARGIN), ticks)

    @property
    def length(self) -> float:
        """Of the axis without the strip, in units of the logarithm."""
        return float(np.log(self.ends[1] / self.ends[0]))

    @property
    def right(self) -> float:
        """End of the strip, or of the axis if nothing stands beside it."""
        return self._in_strip(len(self.beside) - 0.5) if self.beside else self.ends[1]

    def position(self, place: Place) -> float:
        """Of a place on the axis, or of its family's slot in the strip."""
        position = _on_axis(place, self.families)
        return self.slots[place.family] if position is None else position

    @property
    def slots(self) -> dict[str, float]:
        """Position of each family in the strip."""
        return {family: self._in_strip(index) for index, family in enumerate(self.beside)}

    def side_by_side(self, tracks: Sequence[Hashable]) -> dict[Hashable, float]:
        """Factor by which each track's positions are moved so that none covers another."""
        spacing = min(SPACING, WIDEST / max(1, len(tracks) - 1)) * self.length
        middle = (len(tracks) - 1) / 2
        return {
            track: float(np.exp(spacing * (index - middle))) for index, track in enumerate(tracks)
        }

    def apart(self, positions: Sequence[float], gap: float) -> list[float]:
        """Positions in order, moved as little as it takes to lie `gap` of the length apart."""
        logarithms = np.log(positions)
        least = gap * self.length
        for index in range(1, len(logarithms)):
            missing = least - (logarithms[index] - logarithms[index - 1])
            if missing > 0:
                logarithms[index - 1] -= missing / 2
                logarithms[index] += missing / 2
        return [float(position) for position in np.exp(logarithms)]

    def _in_strip(self, index: float) -> float:
        return self.ends[1] * float(np.exp(self.length * (GAP + SLOT * (index + 0.5))))


def _on_axis(place: Place, families: Sequence[str]) -> float | None:
    """The position of a place that is one on the axis."""
    return place.position if place.family in families else None
