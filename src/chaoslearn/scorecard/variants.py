"""Claims about variants of sparse forcing: τ annealed, and τ drawn at random."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chaoslearn.published.places import place
from chaoslearn.scorecard import printed, protocol, quirks
from chaoslearn.scorecard.baselines import compare
from chaoslearn.scorecard.curve import Curve, curves
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence, View
from chaoslearn.scorecard.row import Row, because, below, beyond, too_few, when
from chaoslearn.scorecard.wording import NOT_PRINTED, count, failures, short, span

FAMILY = "Variants of sparse forcing"

AS_GOOD = 3.0
"""Up to this factor a variant counts as equally good: in print those that are lie at 1.8 and
below, those that are not at 130 and above."""

KINDS = ("annealed", "random")


def rows(evidence: Evidence) -> Iterator[Row]:
    """For each annealed or random ensemble: beside the nearest sparse τ, and beside print's."""
    for view in evidence.views():
        found = curves(evidence, view)
        for variant in evidence.of(view):
            if found and variant.kind in KINDS:
                asked = _interval(evidence, variant)
                for sparse in _references(found[0], view, variant, asked):
                    yield _row(evidence, view, variant, sparse, asked)


def _references(curve: Curve, view: View, variant: Ensemble, asked: float) -> list[Ensemble]:
    """The sparse ensemble with the variant's τ or nearest to it, and the one print shows."""
    chosen = {curve.nearest(asked)}
    nearest_to_print = curve.nearest(printed.BESIDE)
    if _printed_ratio(view, variant) and curve.positions[nearest_to_print] == printed.BESIDE:
        chosen.add(nearest_to_print)
    return [curve.ensembles[index] for index in sorted(chosen)]


def _row(evidence: Evidence, view: View, variant: Ensemble, sparse: Ensemble, asked: float) -> Row:
    """Beside one sparse ensemble; `asked` is the τ in steps that the variant is built on."""
    comparison = compare(evidence, variant, sparse)
    ratio = _printed_ratio(view, variant) if sparse.place.position == printed.BESIDE else None
    worse = ratio is not None and ratio > AS_GOOD
    claimed = "more than 3 times worse than" if worse else "as good as (up to 3 times worse)"
    judged = beyond if worse else below
    apart = sparse.place.position != asked
    return Row(
        family=FAMILY,
        claim=f"{view.name}: {variant.forcing} is {claimed} {sparse.forcing}",
        published=NOT_PRINTED if ratio is None else f"{short(ratio)} times the D_stsp of sparse-30",
        reproduced=f"{short(comparison.ratio)} times, Cliff's δ {short(comparison.delta)}",
        interval=f"{span(comparison.interval)} times",
        members=str(count([variant, sparse])),
        convention=view.convention,
        verdict=judged(comparison.interval, AS_GOOD),
        reason=because(
            when(apart, f"its own τ is {short(asked)}"),
            _reason(variant, asked),
            failures([variant, sparse]),
            protocol.told(evidence, sparse, variant),
        ),
    ).unless(
        too_few(count([variant, sparse])),
        when(not np.isfinite(sparse.median), "half of the sparse members failed"),
    )


def _reason(variant: Ensemble, asked: float) -> str:
    """What is to be known about it beside its number."""
    if variant.kind == "annealed":
        return quirks.ANNEALED_ALWAYS
    widest = asked - 1
    cut = (variant.place.position or 0.0) > widest
    return when(cut, f"with Δ > {short(widest)} the interval is cut at 1, so its mean is larger")


def _interval(evidence: Evidence, variant: Ensemble) -> float:
    """The τ a variant is built on: the last of `annealed-46`, the middle of `random-30-10`."""
    found = variant.place
    if variant.kind == "random":
        # The place is that of Δ; τ is the number before it, or `auto`.
        middle = "-".join(variant.forcing.split("-")[:2])
        found = place(middle, evidence.times[variant.series].steps)
    return float(found.position or np.nan)


def _printed_ratio(view: View, variant: Ensemble) -> float | None:
    """Printed D_stsp of a variant over that of sparse forcing every 30 steps."""
    family = "annealed" if variant.kind == "annealed" else "-".join(variant.forcing.split("-")[:2])
    found = [
        point.value
        for point in printed.points_of(view, family)
        if point.place.position == variant.place.position
    ]
    sparse = printed.sparse_every_30(view)
    return found[0] / sparse if found and sparse else None
