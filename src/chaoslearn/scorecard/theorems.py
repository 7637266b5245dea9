"""Claims T1-T3: how gradients grow in each dynamical regime, from the table of verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from chaoslearn.scorecard import quirks
from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.evidence import Evidence
from chaoslearn.scorecard.row import Row, Verdict, because, when
from chaoslearn.scorecard.wording import span

FAMILY = "Theorems"


@dataclass(frozen=True)
class Theorem:
    """A theorem: what it says, of which regimes, and what print shows of it."""

    name: str
    claim: str
    regimes: tuple[str, ...]
    published: str
    quirk: str = ""


THEOREMS = (
    Theorem(
        "T1",
        "on a stable fixed point or cycle ‖∂z_T/∂z_1‖ vanishes exponentially, gradients stay "
        "bounded",
        ("fixed-point", "cycle"),
        "proved; one cyclic PLRNN drawn",
    ),
    Theorem(
        "T2",
        "in chaos ‖∂z_T/∂z_1‖ explodes at rate λ_max and gradients diverge",
        ("chaos",),
        "proved; one chaotic PLRNN drawn",
        quirks.GROWTH,
    ),
    Theorem(
        "T3",
        "on a quasi-periodic attractor ‖∂z_T/∂z_1‖ neither grows nor decays exponentially",
        ("torus",),
        "proved; not drawn",
    ),
)


def rows(evidence: Evidence) -> Iterator[Row]:
    """One for each theorem and origin of the nets (constructed, trained)."""
    table = evidence.theorems
    for theorem in THEOREMS:
        if table is None:
            yield _unjudged(theorem, "no experiment of the config measures the theorems")
            continue
        about = table[table["regime"].isin(theorem.regimes)]
        if about.empty:
            yield _unjudged(theorem, f"no net in the regime {' or '.join(theorem.regimes)}")
        for origin, nets in about.groupby("origin", sort=True):
            yield _row(theorem, str(origin), nets)


def _row(theorem: Theorem, origin: str, nets: pd.DataFrame) -> Row:
    held = nets["verdict"] == "holds"
    failed = nets["verdict"] == "does not hold"
    verdict: Verdict = "holds partly"
    if not failed.any():
        verdict = "holds"
    elif not held.any():
        verdict = "does not hold"
    exceptions = nets[~held]
    told = [
        f"{row.cell} {row.regime} {row.quantity}: {row.verdict}" for row in exceptions.itertuples()
    ]
    rates = nets["rate"]
    return Row(
        family=FAMILY,
        claim=f"{theorem.name}, {origin} nets: {theorem.claim}",
        published=theorem.published,
        reproduced=f"{int(held.sum())} of {len(nets)} norms behave so",
        interval=f"rates {span(Interval(float(rates.min()), float(rates.max())))} a step",
        members=f"{nets.groupby(['regime', 'cell']).ngroups} nets",
        convention="",
        verdict=verdict,
        reason=because(when(bool(told), "but " + ", ".join(told)), theorem.quirk),
    ).unless(when(not (held.any() or failed.any()), "no norm has a verdict"))


def _unjudged(theorem: Theorem, hindrance: str) -> Row:
    return Row(
        family=FAMILY,
        claim=f"{theorem.name}: {theorem.claim}",
        published=theorem.published,
        reproduced="",
        interval="",
        members="0 nets",
        convention="",
        verdict="cannot be judged",
        reason=because(theorem.quirk),
    ).unless(hindrance)
