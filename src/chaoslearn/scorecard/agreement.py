"""Claims that printed points are reproduced, figure by figure and cell by cell.

Only in the published convention. Here a failed member that has a score keeps it, as it does in
print; one without a score, which print leaves out of its means, ranks as worst.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chaoslearn.published import points as published
from chaoslearn.published.points import PublishedPoint
from chaoslearn.scorecard import bootstrap, protocol, quirks
from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence, Sweep
from chaoslearn.scorecard.row import Row, Verdict, because, too_few, when
from chaoslearn.scorecard.wording import count, failures, short, span

FAMILY = "Point by point with print"

NAMES = {"state_space_divergence": "D_stsp", "spectrum_distance": "D_H"}
FACTORS = {"state_space_divergence": 2.0, "spectrum_distance": 1.25}
"""Up to this factor a reproduced median agrees with a printed mean, whatever its interval."""

MOST, SOME = 0.8, 0.4
"""Share of printed points from which print counts as reproduced, and as partly reproduced."""


@dataclass(frozen=True)
class Pair:
    """A printed point and the ensemble that stands in its place.

    Attributes
    ----------
    ratio : reproduced median over printed mean.
    samples : the same of resampled members, ``(resample,)``.
    interval : of the reproduced median.
    """

    point: PublishedPoint
    ensemble: Ensemble
    ratio: float
    samples: NDArray[np.float64]
    interval: Interval

    def agrees(self, factor: float) -> bool:
        """Whether print lies in the median's interval, or within a factor of the median.

        An interval that ends at infinity, for half of the members drawn may have no score, holds
        whatever is printed, and shows no agreement.
        """
        told = np.isfinite(self.interval.high)
        inside = told and self.interval.low <= self.point.value <= self.interval.high
        return inside or 1 / factor <= self.ratio <= factor


def rows(evidence: Evidence) -> Iterator[Row]:
    """For each published figure that an experiment stands for, each cell and measure."""
    for sweep in evidence.sweeps:
        if sweep.published is None or "published" not in sweep.conventions:
            continue
        for cell in sweep.cells:
            for measure in NAMES:
                points = _printed(sweep.published, measure, cell)
                if points:
                    yield _row(evidence, sweep, sweep.published, cell, measure, points)


def _printed(figure: str, measure: str, cell: str) -> list[PublishedPoint]:
    """The printed points, without lines across that repeat sparse forcing of another figure."""
    return [
        point
        for point in published.points(figure, measure)
        if point.cell == cell and (point.place.family, point.place.position) != ("sparse", None)
    ]


def _row(
    evidence: Evidence,
    sweep: Sweep,
    figure: str,
    cell: str,
    measure: str,
    points: list[PublishedPoint],
) -> Row:
    trained = [pair for point in points for pair in _pair(evidence, sweep, point, measure)]
    pairs = [pair for pair in trained if not protocol.told(evidence, pair.ensemble)] or trained
    factor = FACTORS[measure]
    agreeing = sum(pair.agrees(factor) for pair in pairs)
    share = agreeing / len(pairs) if pairs else 0.0
    verdict: Verdict = "does not hold"
    if share >= SOME:
        verdict = "holds" if share >= MOST else "holds partly"
    better = sum(pair.ratio < 1 and not pair.agrees(factor) for pair in pairs)
    ensembles = [pair.ensemble for pair in pairs]
    finite = [pair for pair in pairs if np.isfinite(pair.ratio)]
    reproduced, interval = _mean_ratio(finite)
    return Row(
        family=FAMILY,
        claim=f"{figure}, {cell}: the printed {NAMES[measure]} is reproduced "
        f"({sweep.conventions['published']})",
        published=f"{_points(len(points))}, means of 3–10 runs",
        reproduced=f"{agreeing} of {_points(len(pairs))} agree; {reproduced}",
        interval=interval,
        members=str(count(ensembles)),
        convention="published",
        verdict=verdict,
        reason=because(
            when(
                agreeing < len(pairs),
                f"{_points(better)} better than print, {len(pairs) - agreeing - better} worse",
            ),
            when(
                len(trained) < len(points),
                f"{_points(len(points) - len(trained))} of print not trained",
            ),
            when(
                len(pairs) < len(trained),
                f"{_points(len(trained) - len(pairs))} left out, "
                + protocol.told(evidence, *(pair.ensemble for pair in trained)),
            ),
            when(
                len(finite) < len(pairs),
                f"half of the members have no score at {len(pairs) - len(finite)}",
            ),
            *quirks.of_points(figure, measure),
            failures(ensembles),
        ),
    ).unless(
        when(not pairs, "none of the printed points was trained"),
        too_few(count(ensembles)) if pairs else "",
        protocol.told(evidence, *ensembles),
    )


def _pair(evidence: Evidence, sweep: Sweep, point: PublishedPoint, measure: str) -> Iterator[Pair]:
    """The printed point with its ensemble, if the sweep trains one."""
    suffix = f"-{sweep.setting}" if sweep.setting else ""
    candidates = [
        ensemble
        for ensemble in evidence.ensembles
        if ensemble.convention == "published"
        and ensemble.series == sweep.conventions["published"]
        and ensemble.cell == point.cell
        and ensemble.forcing in sweep.forcings
        and ensemble.place.family == point.place.family + suffix
        and point.place.position in (None, ensemble.place.position)
    ]
    # A line across names no number: it stands for an ensemble where there is but one.
    if candidates and (point.place.position is not None or len(candidates) == 1):
        ensemble = candidates[0]
        samples = evidence.medians(ensemble, measure)
        yield Pair(
            point=point,
            ensemble=ensemble,
            ratio=float(np.median(ensemble.scores[measure])) / point.value,
            samples=samples / point.value,
            interval=bootstrap.interval(samples, ensemble.members),
        )


def _mean_ratio(pairs: list[Pair]) -> tuple[str, str]:
    """Geometric mean of reproduced over printed, and its interval, in words."""
    if not pairs:
        return "no ratio", ""
    mean = np.exp(np.mean([np.log(pair.ratio) for pair in pairs]))
    samples = np.exp(np.mean([np.log(pair.samples) for pair in pairs], axis=0))
    interval = bootstrap.interval(samples, count(pair.ensemble for pair in pairs))
    told = f"{short(float(mean))} times print in the geometric mean"
    return told, f"{span(interval)} times"


def _points(number: int) -> str:
    return f"{number} point" if number == 1 else f"{number} points"
