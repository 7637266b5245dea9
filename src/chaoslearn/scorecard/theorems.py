"""Claims T1-T3: how gradients grow in each dynamical regime, from the table of verdicts.

A net is judged by the theorem of the regime it was found in, wherever it was meant to end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from chaoslearn.gradients.verdicts import FAILS, HOLDS, JACOBIAN
from chaoslearn.scorecard import quirks
from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.evidence import Evidence
from chaoslearn.scorecard.row import Row, Verdict, because, when
from chaoslearn.scorecard.wording import span

FAMILY = "Theorems"

NET = ["regime", "cell", "origin", "series", "forcing"]
"""Columns of the table that together name a net."""


@dataclass(frozen=True)
class Theorem:
    """A theorem: what it says, and what print shows of it."""

    name: str
    claim: str
    published: str
    quirk: str = ""


THEOREMS = (
    Theorem(
        "T1",
        "on a stable fixed point or cycle ‖∂z_T/∂z_1‖ vanishes exponentially, gradients stay "
        "bounded",
        "proved; one cyclic PLRNN drawn",
    ),
    Theorem(
        "T2",
        "in chaos ‖∂z_T/∂z_1‖ explodes at rate λ_max and gradients diverge",
        "proved; one chaotic PLRNN drawn",
        quirks.GROWTH,
    ),
    Theorem(
        "T3",
        "on a quasi-periodic attractor ‖∂z_T/∂z_1‖ neither grows nor decays exponentially",
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
        about = table[table["theorem"] == theorem.name]
        if about.empty:
            yield _unjudged(theorem, "no net was found in its regime")
        for origin, norms in about.groupby("origin", sort=True):
            lost = table[(table["theorem"] == "") & (table["origin"] == origin)]
            meant = lost["regime"].isin(norms["regime"])
            yield _row(theorem, str(origin), norms, _lost(lost[meant]))


def _row(theorem: Theorem, origin: str, norms: pd.DataFrame, lost: str) -> Row:
    held, failed = norms["verdict"] == HOLDS, norms["verdict"] == FAILS
    verdict: Verdict = "holds partly"
    if held.all():
        verdict = "holds"
    elif not held.any():
        verdict = "does not hold"
    return Row(
        family=FAMILY,
        claim=f"{theorem.name}, {origin} nets: {theorem.claim}",
        published=theorem.published,
        reproduced=f"{int(held.sum())} of {len(norms)} norms behave so",
        interval=_rates(norms[norms["quantity"] == JACOBIAN]),
        members=f"{len(norms.drop_duplicates(NET))} nets",
        convention="",
        verdict=verdict,
        reason=because(_exceptions(norms[~held]), _strays(norms), lost, theorem.quirk),
    ).unless(when(not (held.any() or failed.any()), "no norm is decided"))


def _rates(jacobians: pd.DataFrame) -> str:
    """From the slowest to the fastest growth of ‖∂z_T/∂z_1‖, λ_max beside it."""
    told = [
        span(Interval(float(jacobians[name].min()), float(jacobians[name].max())))
        for name in ("rate", "largest_exponent")
    ]
    return f"rates {told[0]} a step, λ_max {told[1]}"


def _exceptions(norms: pd.DataFrame) -> str:
    """The norms that do not behave so, each with its net."""
    told = [f"{row.cell} {row.regime} {row.quantity} {row.verdict}" for row in norms.itertuples()]
    return when(bool(told), "but " + ", ".join(told))


def _strays(norms: pd.DataFrame) -> str:
    """The nets that were meant for another regime than the one they were found in."""
    nets = norms.drop_duplicates(NET)
    strays = nets[nets["regime"] != nets["regime_found"]]
    told = [f"{row.cell} meant for {row.regime}" for row in strays.itertuples()]
    return when(bool(told), "among them " + ", ".join(told))


def _lost(norms: pd.DataFrame) -> str:
    """The nets meant for a regime of the row that no theorem judges: in no clear one, or lost."""
    nets = norms.drop_duplicates(NET)
    told = [f"{row.cell} meant for {row.regime} ({row.regime_found})" for row in nets.itertuples()]
    return when(bool(told), "not judged: " + ", ".join(told))


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
        reason=because(hindrance, theorem.quirk),
    )
