"""All claims, family by family, in the order in which they are read."""

from __future__ import annotations

from chaoslearn.scorecard import agreement, baselines, optimum, targets, theorems, variants
from chaoslearn.scorecard.evidence import Evidence
from chaoslearn.scorecard.row import Row

FAMILIES = (theorems, optimum, baselines, variants, targets, agreement)


def judged(evidence: Evidence) -> list[Row]:
    """Every row of the scorecard."""
    return [row for family in FAMILIES for row in family.rows(evidence)]
