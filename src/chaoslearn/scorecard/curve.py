"""D_stsp against τ: where it is best, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chaoslearn.scorecard import bootstrap
from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence, View

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """The ensembles of one family along τ, one at each.

    Where `sparse-auto` comes to a τ that is trained by its number too, it is left out: a twin of an
    end of the sweep would count as lying inside.

    Attributes
    ----------
    family : `sparse`, or with its setting `sparse-slow`.
    ensembles : by τ, shortest first.
    positions : τ in steps, ``(position,)``.
    medians : of the members, ``(position,)``; infinite where half of them failed.
    resampled : medians of resampled members, ``(position, resample)``.
    """

    family: str
    ensembles: tuple[Ensemble, ...]
    positions: Array
    medians: Array
    resampled: Array

    @property
    def members(self) -> int:
        """Of the smallest of its ensembles."""
        return min(ensemble.members for ensemble in self.ensembles)

    @property
    def best(self) -> int:
        """Where the median is smallest: the first of equals."""
        return int(np.argmin(self.medians))

    @property
    def optimum(self) -> tuple[float, float]:
        """The best τ in steps: first and last of those that are equal, as at the floor."""
        equal = self.positions[self.medians == self.medians.min()]
        return float(equal[0]), float(equal[-1])

    @property
    def optimum_interval(self) -> Interval:
        """Of the best τ, on the grid of those that were trained."""
        attained = self._attained
        first = self.positions[np.argmax(attained, axis=0)]
        last = self.positions[len(self.positions) - 1 - np.argmax(attained[::-1], axis=0)]
        low = bootstrap.interval(first, self.members).low
        return Interval(low, bootstrap.interval(last, self.members).high)

    @property
    def between_neighbours(self) -> Interval:
        """The same, up to the τ beside it that were found not to be best: the grid is coarse."""
        found = self.optimum_interval
        shorter = self.positions[self.positions < found.low]
        longer = self.positions[self.positions > found.high]
        return Interval(
            float(shorter[-1]) if len(shorter) else 0.0,
            float(longer[0]) if len(longer) else np.inf,
        )

    @property
    def interior(self) -> float:
        """Share of the resamples in which neither the smallest nor the largest τ is best."""
        attained = self._attained
        finite = np.isfinite(self.resampled.min(axis=0))
        return float((~attained[0] & ~attained[-1] & finite).mean())

    @property
    def only_an_end(self) -> float:
        """Share of the resamples in which an end is best, and no τ between the ends equals it."""
        inside = self._attained[1:-1].any(axis=0)
        finite = np.isfinite(self.resampled.min(axis=0))
        return float((~inside & finite).mean())

    def times_best(self, index: int) -> tuple[float, Interval]:
        """How many times the best τ's median another one's is, with its interval.

        The best was chosen among all by the same members, which makes others look worse: the share
        of resamples outside the interval is divided by the number of τ it was chosen from.
        """
        coverage = 1 - (1 - bootstrap.COVERAGE) / len(self.positions)
        point = bootstrap.ratio(self.medians[index : index + 1], self.medians[[self.best]])
        samples = bootstrap.ratio(self.resampled[index], self.resampled[self.best])
        return float(point[0]), bootstrap.interval(samples, self.members, coverage)

    def nearest(self, time: float) -> int:
        """Which τ is nearest to a time in steps, on a logarithmic axis."""
        return int(np.argmin(np.abs(np.log(self.positions / time))))

    @property
    def _attained(self) -> NDArray[np.bool_]:
        """Which τ attain the smallest median, ``(position, resample)``."""
        return np.asarray(self.resampled <= self.resampled.min(axis=0))


def curves(evidence: Evidence, view: View) -> list[Curve]:
    """The curves of sparse forcing of a view: one, and one more for each setting it has."""
    families: dict[str, list[Ensemble]] = {}
    for ensemble in evidence.of(view):
        if ensemble.kind == "sparse" and ensemble.place.position is not None:
            families.setdefault(ensemble.place.family, []).append(ensemble)
    plain = {name: found for name, found in families.items() if "+" not in name}
    return [_curve(evidence, family, found) for family, found in sorted(plain.items())]


def _curve(evidence: Evidence, family: str, found: Sequence[Ensemble]) -> Curve:
    ordered = _one_a_position(found)
    return Curve(
        family=family,
        ensembles=ordered,
        positions=np.array([ensemble.place.position for ensemble in ordered], dtype=np.float64),
        medians=np.array([ensemble.median for ensemble in ordered]),
        resampled=np.array([evidence.medians(ensemble) for ensemble in ordered]),
    )


def _one_a_position(found: Sequence[Ensemble]) -> tuple[Ensemble, ...]:
    """Shortest τ first; one named by its number stays where `auto` comes to the same."""
    named_last = sorted(found, key=lambda ensemble: "auto" not in ensemble.forcing.split("-"))
    at = {ensemble.place.position or 0.0: ensemble for ensemble in named_last}
    return tuple(at[position] for position in sorted(at))
