"""Claims that sparse forcing beats clipping, windowing and truncation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chaoslearn.scorecard import bootstrap, printed, protocol, quirks
from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.curve import curves
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence, View
from chaoslearn.scorecard.row import Row, Verdict, because, too_few, when
from chaoslearn.scorecard.wording import NOT_PRINTED, count, failures, short, span

FAMILY = "Against other ways of training"

BASELINES = {
    "clipped-norm": ("clipping by norm", "one forcing at the first step, then gradients clipped"),
    "clipped-value": ("clipping by value", "one forcing at the first step, then gradients clipped"),
    "truncated": ("truncation", "the state is kept and the gradient cut"),
    "windowed": ("windowing", quirks.NO_INFORMATION),
}
"""Kind of forcing → its name, and what it does or why it must lose."""


@dataclass(frozen=True)
class Comparison:
    """A baseline beside sparse forcing: how many times worse its median is, and its members."""

    baseline: Ensemble
    ratio: float
    interval: Interval
    delta: float


def compare(evidence: Evidence, baseline: Ensemble, sparse: Ensemble) -> Comparison:
    """How much worse one ensemble is than another, failed members ranked as worst."""
    medians = [np.array([ensemble.median]) for ensemble in (baseline, sparse)]
    samples = bootstrap.ratio(evidence.medians(baseline), evidence.medians(sparse))
    return Comparison(
        baseline=baseline,
        ratio=float(bootstrap.ratio(*medians)[0]),
        interval=bootstrap.interval(samples, count([baseline, sparse])),
        delta=bootstrap.cliffs_delta(baseline.ranked, sparse.ranked),
    )


def rows(evidence: Evidence) -> Iterator[Row]:
    """For each view and kind of baseline that was trained."""
    for view in evidence.views():
        time = _chosen_beforehand(evidence, view)
        found = curves(evidence, view)
        if not found:
            continue
        for kind in BASELINES:
            baselines = [ensemble for ensemble in evidence.of(view) if ensemble.kind == kind]
            if baselines and np.isfinite(time):
                sparse = found[0].ensembles[found[0].nearest(time)]
                comparisons = [compare(evidence, baseline, sparse) for baseline in baselines]
                yield _row(evidence, view, kind, sparse, comparisons)
            elif baselines:
                yield _unjudged(view, kind, baselines)


def _chosen_beforehand(evidence: Evidence, view: View) -> float:
    """The τ to compare at: the best in print, else τ_pred; the members compared have no say."""
    best = printed.best(printed.sparse_curve(view))
    if best is not None and best.place.position is not None:
        return best.place.position
    return evidence.times[view.series].steps


def _row(
    evidence: Evidence, view: View, kind: str, sparse: Ensemble, comparisons: list[Comparison]
) -> Row:
    name, why = BASELINES[kind]
    nearest = min(comparisons, key=lambda comparison: comparison.ratio)
    everyone = [sparse, *(comparison.baseline for comparison in comparisons)]
    beaten = sum(comparison.interval.low > 1 for comparison in comparisons)
    lost = when(len(comparisons) > 1, " with every setting")
    return Row(
        family=FAMILY,
        claim=f"{view.name}: sparse forcing beats {name}{lost}",
        published=_printed_ratio(view, kind),
        reproduced=f"{nearest.baseline.forcing} is {short(nearest.ratio)} times worse than "
        f"{sparse.forcing}, Cliff's δ {short(nearest.delta)}",
        interval=f"{span(nearest.interval)} times",
        members=str(count(everyone)),
        convention=view.convention,
        verdict=_verdict(comparisons, nearest),
        reason=because(
            f"surely beaten: {beaten} of {len(comparisons)}",
            why,
            quirks.of_clipping(view.figures) if kind.startswith("clipped") else "",
            _as_scored(nearest),
            failures(everyone),
            protocol.told(evidence, sparse, nearest.baseline),
        ),
    ).unless(
        too_few(count(everyone)),
        when(not np.isfinite(sparse.median), "half of the sparse members failed"),
    )


def _unjudged(view: View, kind: str, baselines: list[Ensemble]) -> Row:
    return Row(
        family=FAMILY,
        claim=f"{view.name}: sparse forcing beats {BASELINES[kind][0]}",
        published=_printed_ratio(view, kind),
        reproduced="",
        interval="",
        members=str(count(baselines)),
        convention=view.convention,
        verdict="cannot be judged",
        reason="the series has no finite τ_pred to compare at",
    )


def _verdict(comparisons: list[Comparison], nearest: Comparison) -> Verdict:
    """Every setting surely worse; some of them; the best of them surely better; or neither."""
    beaten = [comparison.interval.low > 1 for comparison in comparisons]
    if all(beaten):
        return "holds"
    # At the floor both are equal and the interval is [1, 1]: that shows nothing.
    if nearest.interval.high < 1:
        return "does not hold"
    return "holds partly" if any(beaten) else "cannot be judged"


def _as_scored(comparison: Comparison) -> str:
    """What the failed members of a baseline score, where they hide its median."""
    scored = float(np.median(comparison.baseline.scores[printed.D_STSP]))
    if np.isfinite(comparison.ratio) or not np.isfinite(scored):
        return ""
    return f"its failed members, scored all the same, have median D_stsp {short(scored)}"


def _printed_ratio(view: View, kind: str) -> str:
    baseline = printed.best(printed.points_of(view, kind))
    sparse = printed.best(printed.sparse_curve(view) or printed.points_of(view, "sparse"))
    if baseline is None or sparse is None:
        return NOT_PRINTED
    times = short(baseline.value / sparse.value)
    return f"{short(baseline.value)} against {short(sparse.value)}: {times} times worse"
