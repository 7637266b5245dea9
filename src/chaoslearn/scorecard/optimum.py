"""Claims about τ: that the best lies inside the sweep, and that it is τ_pred."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chaoslearn.scorecard import printed, protocol, quirks
from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.curve import Curve, curves
from chaoslearn.scorecard.evidence import Evidence, View
from chaoslearn.scorecard.row import Row, Verdict, because, too_few, when
from chaoslearn.scorecard.wording import NOT_PRINTED, failures, short, span, steps

FAMILY = "The best τ"

FEWEST_POSITIONS = 3
SURE = 0.95
"""Share of resamples from which something is called sure."""

FACTOR = 2.0
"""Up to this factor a τ is called near another: the grids of τ are no finer."""

TOLD_APART = 0.03
"""Relative difference from which the printed τ_pred is judged beside the series' own."""


def rows(evidence: Evidence) -> Iterator[Row]:
    """For each view: an interior optimum exists; it agrees with τ_pred, own and printed."""
    for view in evidence.views():
        for curve in curves(evidence, view):
            existence = _existence(evidence, view, curve)
            yield existence
            exists = existence.verdict in ("holds", "holds partly")
            time = evidence.times[view.series]
            own = Interval(time.low, time.high)
            yield _agreement(view, curve, time.steps, own, "its own τ_pred", exists, "")
            drawn = printed.predictability_time(view)
            if drawn and view.convention == "published":
                figure, steps_printed = drawn
                if not abs(time.steps - steps_printed) < TOLD_APART * steps_printed:
                    exact, why = Interval(steps_printed, steps_printed), quirks.TIMES[figure]
                    told = "the printed τ_pred"
                    yield _agreement(view, curve, steps_printed, exact, told, exists, why)


def _existence(evidence: Evidence, view: View, curve: Curve) -> Row:
    best = curve.best
    # Equals at the floor that reach an end leave open whether the best lies inside.
    first_best, last_best = curve.optimum
    inside = curve.positions[0] < first_best and last_best < curve.positions[-1]
    ends = [curve.times_best(index) for index in (0, len(curve.positions) - 1)]
    worse = [interval.low > 1 for _, interval in ends]
    verdict: Verdict = "cannot be judged"
    if curve.interior >= SURE and all(worse):
        verdict = "holds"
    elif curve.only_an_end >= SURE:
        verdict = "does not hold"
    elif inside and any(worse):
        verdict = "holds partly"
    first, last = (
        f"τ = {short(position)} is {short(point)} times worse {span(interval)}"
        for position, (point, interval) in zip(curve.positions[[0, -1]], ends, strict=True)
    )
    return Row(
        family=FAMILY,
        claim=f"{_name(view, curve)}: an interior optimum of τ exists",
        published=_printed_optimum(view),
        reproduced=f"best at τ = {steps(*curve.optimum)}, median D_stsp "
        f"{short(curve.medians[best])} nats; interior in {100 * curve.interior:.0f} % of resamples",
        interval=f"{span(curve.optimum_interval)} steps",
        members=str(curve.members),
        convention=view.convention,
        verdict=verdict,
        reason=because(
            f"{first}, {last}",
            f"floor {short(curve.ensembles[0].floor)}",
            failures(curve.ensembles),
            protocol.told(evidence, *curve.ensembles),
            *quirks.of_sweep(view.figures, view.convention),
        ),
    ).unless(*_hindrances(curve))


def _agreement(
    view: View,
    curve: Curve,
    time: float,
    uncertain: Interval,
    told: str,
    exists: bool,
    quirk: str,
) -> Row:
    """Whether the best τ is τ_pred: `time` in steps, which itself is uncertain."""
    found, widened = curve.optimum_interval, curve.between_neighbours
    share = Interval(found.low / uncertain.high, found.high / uncertain.low)
    within = share.low >= 1 / FACTOR and share.high <= FACTOR
    if widened.low <= uncertain.high and widened.high >= uncertain.low:
        verdict: Verdict = "holds" if within else "cannot be judged"
        where = f"the grid leaves the best τ anywhere in {span(widened)}, τ_pred among it"
    else:
        verdict = "holds partly" if within else "does not hold"
        where = f"even up to the next τ of the grid, {span(widened)}, it is not τ_pred"
    ratio = [optimum / time for optimum in curve.optimum]
    return Row(
        family=FAMILY,
        claim=f"{_name(view, curve)}: the best τ agrees with {told} ({short(time)} steps)",
        published="τ ≈ τ_pred; " + _printed_optimum(view),
        reproduced=f"best at τ = {steps(*curve.optimum)}, {steps(*ratio)} of τ_pred",
        interval=f"{span(found)} steps, {span(share)} of τ_pred",
        members=str(curve.members),
        convention=view.convention,
        verdict=verdict,
        reason=because(
            when(np.isfinite(time), where),
            _cost(curve, time),
            quirk,
            failures(curve.ensembles),
        ),
    ).unless(
        *_hindrances(curve),
        when(not np.isfinite(time), "the series has no finite τ_pred"),
        when(not exists, "no interior optimum was found to compare"),
    )


def _cost(curve: Curve, time: float) -> str:
    """How much is lost by forcing at τ_pred."""
    if not np.isfinite(time):
        return ""
    index = curve.nearest(time)
    times, interval = curve.times_best(index)
    return (
        f"at τ = {short(curve.positions[index])}, the nearest to τ_pred, D_stsp is {short(times)} "
        f"times the best {span(interval)}"
    )


def _hindrances(curve: Curve) -> list[str]:
    least = curve.medians.min()
    grid = len(curve.positions)
    return [
        too_few(curve.members),
        when(grid < FEWEST_POSITIONS, f"{grid} values of τ, where {FEWEST_POSITIONS} are needed"),
        when(not np.isfinite(least), "half of the members failed at every τ"),
        when(
            bool(np.isfinite(least) and (curve.medians == least).all()),
            f"every median is at the floor of {short(least)}: no τ is told from another",
        ),
    ]


def _name(view: View, curve: Curve) -> str:
    setting = curve.family.removeprefix("sparse").lstrip("-")
    return f"{view.name} ({setting})" if setting else view.name


def _printed_optimum(view: View) -> str:
    points = printed.sparse_curve(view)
    best = printed.best(points)
    if best is None or best.place.position is None or len(points) < FEWEST_POSITIONS:
        return NOT_PRINTED
    grid = steps(points[0].place.position or 0.0, points[-1].place.position or 0.0)
    return f"best at τ = {short(best.place.position)} of {grid} (D_stsp {short(best.value)})"
