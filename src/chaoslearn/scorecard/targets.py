"""Numbers to be reached on the series of figure 1a at the published protocol."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chaoslearn.scorecard import bootstrap, printed, protocol
from chaoslearn.scorecard.baselines import BASELINES, Comparison, compare
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence, View
from chaoslearn.scorecard.row import Row, because, below, beyond, too_few, when
from chaoslearn.scorecard.wording import NOT_PRINTED, count, failures, short, span

FAMILY = "Numbers at the published protocol"

FIGURE = "fig1a"
REFERENCE = "sparse-30"
LONGEST = "sparse-200"
MEDIANS = {"lstm": 0.05, "plrnn": 0.15, "rnn": 0.15}
"""Cell → median D_stsp that sparse forcing every 30 steps reaches."""

TIMES_WORSE = 20.0
"""How many times worse the LSTM is with too long a τ, and with any other way of training."""

COMPARED = "lstm"


def rows(evidence: Evidence) -> Iterator[Row]:
    """Medians at τ = 30; how much worse τ = 200, clipping, truncation and windowing are."""
    for view in evidence.views():
        if FIGURE not in view.figures or view.convention != "published":
            continue
        trained = evidence.of(view)
        reference = next((e for e in trained if e.forcing == REFERENCE), None)
        if reference is None:
            continue
        if view.cell in MEDIANS:
            yield _median(evidence, view, reference)
        if view.cell == COMPARED:
            others = [e for e in trained if e.forcing == LONGEST]
            yield from _worse(evidence, view, reference, others, "sparse forcing every 200 steps")
            for kind, (name, _) in BASELINES.items():
                others = [e for e in trained if e.kind == kind]
                yield from _worse(evidence, view, reference, others, f"{name}, any setting,")


def _median(evidence: Evidence, view: View, ensemble: Ensemble) -> Row:
    bound = MEDIANS[view.cell]
    interval = bootstrap.interval(evidence.medians(ensemble), ensemble.members)
    print_value = printed.sparse_every_30(view)
    return Row(
        family=FAMILY,
        claim=f"{view.name}: median D_stsp at τ = 30 is at most {short(bound)} nats",
        published=NOT_PRINTED if print_value is None else f"{short(print_value)} nats (mean)",
        reproduced=f"{short(ensemble.median)} nats",
        interval=f"{span(interval)} nats",
        members=str(ensemble.members),
        convention=view.convention,
        verdict=below(interval, bound),
        reason=because(f"floor {short(ensemble.floor)}", failures([ensemble])),
    ).unless(too_few(ensemble.members), protocol.told(evidence, ensemble))


def _worse(
    evidence: Evidence, view: View, reference: Ensemble, others: list[Ensemble], name: str
) -> Iterator[Row]:
    """The one of `others` that comes nearest decides."""
    faithful = [e for e in others if not protocol.told(evidence, e)] or others
    if not faithful:
        return
    compared = [compare(evidence, other, reference) for other in faithful]
    nearest = min(compared, key=lambda comparison: comparison.interval.low)
    everyone = [reference, *faithful]
    yield Row(
        family=FAMILY,
        claim=f"{view.name}: {name} is at least {short(TIMES_WORSE)} times worse than {REFERENCE}",
        published=_printed(view, nearest),
        reproduced=f"{nearest.baseline.forcing} is {short(nearest.ratio)} times worse",
        interval=f"{span(nearest.interval)} times",
        members=str(count(everyone)),
        convention=view.convention,
        verdict=beyond(nearest.interval, TIMES_WORSE),
        reason=because(f"nearest of {len(compared)}", failures(everyone)),
    ).unless(
        too_few(count(everyone)),
        when(not np.isfinite(reference.median), f"half of {reference.forcing} failed"),
        protocol.told(evidence, reference, nearest.baseline),
    )


def _printed(view: View, nearest: Comparison) -> str:
    """The printed ratio of the same forcing, or of the best of its kind."""
    kind, position = nearest.baseline.kind, nearest.baseline.place.position
    points = printed.points_of(view, kind)
    same = [point for point in points if point.place.position == position]
    other = printed.best(same or ([] if kind == "sparse" else points))
    sparse = printed.sparse_every_30(view)
    return f"{short(other.value / sparse)} times" if other and sparse else NOT_PRINTED
