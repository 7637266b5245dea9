"""What print shows of a view: its points, its best τ, its best baseline."""

from __future__ import annotations

from chaoslearn.published import points as published
from chaoslearn.published.points import PublishedPoint
from chaoslearn.scorecard import quirks
from chaoslearn.scorecard.evidence import View

D_STSP = "state_space_divergence"

BESIDE = 30.0
"""The τ of sparse forcing, in steps, that print shows beside every other way of training."""


def points_of(view: View, kind: str) -> list[PublishedPoint]:
    """Printed D_stsp of one kind of forcing, over all figures that show the view's system.

    Parameters
    ----------
    kind : `sparse`, `clipped-norm`, `windowed`, or with its number (`random-30`).
    """
    return [
        point
        for figure in view.figures
        for point in published.points(figure, D_STSP)
        if point.cell == view.cell and point.place.family == kind
    ]


def sparse_curve(view: View) -> list[PublishedPoint]:
    """Printed D_stsp against τ, shortest first; empty where print has no such curve."""
    found = {
        point.place.position: point
        for point in points_of(view, "sparse")
        if point.place.position is not None
    }
    return [found[position] for position in sorted(found)]


def sparse_every_30(view: View) -> float | None:
    """Printed D_stsp of sparse forcing every 30 steps, which print shows beside everything else."""
    curve = sparse_curve(view)
    return next((point.value for point in curve if point.place.position == BESIDE), None)


def best(points: list[PublishedPoint]) -> PublishedPoint | None:
    """The point with the smallest value."""
    return min(points, key=lambda point: point.value, default=None)


def predictability_time(view: View) -> tuple[str, float] | None:
    """The figure that shows a sweep of the view's system, and the τ_pred it draws, in steps."""
    for figure in view.figures:
        time = published.predictability_time(figure) if figure in quirks.TIMES else None
        if time is not None:
            return figure, time
    return None
