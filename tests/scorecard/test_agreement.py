"""Printed points beside reproduced ones."""

import numpy as np
import pytest
from evidence_made import SERIES, ensemble, evidence, row

from chaoslearn.published import points as published
from chaoslearn.scorecard import agreement
from chaoslearn.scorecard.evidence import Evidence
from chaoslearn.scorecard.row import Row


def reproduced(factor: float, *, only: int = 99, **training: object) -> Evidence:
    """The printed sweep of the LSTM in figure 1a, each point times a factor."""
    printed = [
        (int(point.place.position), point.value)
        for point in published.points("fig1a", "state_space_divergence")
        if point.cell == "lstm" and point.place.position
    ]
    ensembles = [ensemble(f"sparse-{tau}", factor * value) for tau, value in printed[:only]]
    return evidence(ensembles, **training)


def divergence(given: Evidence) -> Row:
    return row(list(agreement.rows(given)), "fig1a, lstm", "D_stsp")


@pytest.mark.parametrize(
    ("factor", "verdict"), [(1.0, "holds"), (1.9, "holds"), (3.0, "does not hold")]
)
def test_the_factor_between_print_and_reproduction_is_found(factor: float, verdict: str) -> None:
    found = divergence(reproduced(factor))
    assert found.verdict == verdict
    assert f"{factor:.3g} times print in the geometric mean" in found.reproduced
    low, high = map(float, found.interval.strip("[] times").split(", "))
    assert low < factor < high
    # Seven points, each within a factor 1.15.
    assert high / low < 1.15**2


def test_better_than_print_is_told_from_worse() -> None:
    found = divergence(reproduced(0.2))
    assert found.verdict == "does not hold"
    assert "7 points better than print, 0 worse" in found.reason


def test_points_of_print_that_were_not_trained_are_counted() -> None:
    found = divergence(reproduced(1.0, only=4))
    # Seven of τ and the line of clipping.
    assert found.published.startswith("8 points")
    assert found.reproduced.startswith("4 of 4 points agree")
    assert "4 points of print not trained" in found.reason


def test_another_protocol_is_no_reproduction() -> None:
    found = divergence(reproduced(1.0, epochs=1000, schedule="one-cycle"))
    assert found.verdict == "cannot be judged"
    assert "epochs 1000 (print 3000), schedule one-cycle (print constant)" in found.reason


def test_a_line_of_clipping_on_shorter_windows_is_left_out() -> None:
    given = reproduced(1.0)
    clipped = ensemble("clipped-norm-1", 99.0)
    found = divergence(evidence([*given.ensembles, clipped]))
    assert found.verdict == "holds"
    assert found.reproduced.startswith("7 of 7 points agree")
    assert "1 point left out, not the published protocol: windows of 200 steps" in found.reason


def test_a_failed_member_with_a_score_keeps_it_as_in_print() -> None:
    collapsed = [ensemble("windowed-30", 7.5, failed=7)]
    rows = list(agreement.rows(evidence(collapsed, figure="fig9")))
    found = row(rows, "fig9", "D_stsp")
    assert found.verdict == "holds"
    assert found.reproduced == "1 of 1 point agree; 0.996 times print in the geometric mean"
    assert "7 of 7 members failed" in found.reason
    assert "its value is that of length 30" in found.reason


def test_members_without_a_score_leave_no_median() -> None:
    lost = ensemble("sparse-30", 0.06, failed=7)
    lost.scores["state_space_divergence"][:] = np.inf
    found = divergence(evidence([lost]))
    assert found.reproduced == "0 of 1 point agree; no ratio"
    assert found.verdict == "does not hold"
    assert "half of the members have no score at 1" in found.reason


def test_a_figure_of_which_nothing_was_trained_says_so() -> None:
    found = row(list(agreement.rows(evidence([ensemble("free", 1.0)]))), "D_stsp")
    assert found.verdict == "cannot be judged"
    assert found.reason.startswith("none of the printed points was trained")
    assert found.claim.endswith(f"({SERIES})")


@pytest.mark.parametrize("figure", list(published.FILES))
def test_every_figure_tells_what_its_printed_divergence_rests_on(figure: str) -> None:
    (found,) = [
        r
        for r in agreement.rows(evidence([ensemble("free", 1.0)], figure=figure))
        if "D_stsp" in r.claim
    ]
    assert "the printed D_stsp" in found.reason or "17.04 in print" in found.reason


def test_an_interval_that_ends_at_infinity_is_no_agreement() -> None:
    """One member of five without a score: one draw in 17 has it three times."""
    lost = ensemble("sparse-30", 0.01, members=5)
    lost.scores["state_space_divergence"][-1] = np.inf
    found = divergence(evidence([lost]))
    assert found.reproduced.startswith("0 of 1 point agree; 0.162 times print")
    assert "∞" in found.interval
