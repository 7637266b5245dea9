"""Sparse forcing against clipping, truncation and windowing."""

import numpy as np
import pytest
from evidence_made import ensemble, evidence, row, sparse

from chaoslearn.scorecard import baselines
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.row import Row


def judged(*others: Ensemble, figure: str | None = "fig1a") -> list[Row]:
    return list(baselines.rows(evidence([*sparse(), *others], figure=figure)))


def test_effect_size_and_print() -> None:
    found = row(judged(ensemble("clipped-norm-1", 4.0)), "clipping by norm")
    assert found.verdict == "holds"
    # Against τ = 30, the best in print, with median 0.02.
    assert found.reproduced == "clipped-norm-1 is 200 times worse than sparse-30, Cliff's δ 1"
    low, high = map(float, found.interval.strip("[] times").split(", "))
    assert low < 200 < high
    # The members lie within a factor 1.15 of their median, so the ratio within its square.
    assert low >= 200 / 1.15**2 - 1
    assert high <= 200 * 1.15**2 + 1
    assert found.published == "15.4 against 0.0618: 250 times worse"


def test_without_print_it_is_compared_at_the_own_predictability_time() -> None:
    found = row(judged(ensemble("truncated-30", 9.0), figure=None), "truncation")
    assert "than sparse-70" in found.reproduced  # the nearest to 62.7
    assert found.published == "not printed"


def test_one_setting_that_is_not_beaten_leaves_part() -> None:
    found = row(judged(ensemble("truncated-30", 9.0), ensemble("truncated-10", 0.021)), "truncat")
    assert found.verdict == "holds partly"
    assert found.reproduced.startswith("truncated-10 is 1.05 times worse")
    assert "surely beaten: 1 of 2" in found.reason


def test_a_baseline_that_is_better_is_said_so() -> None:
    better = judged(ensemble("clipped-value-1", 0.012))
    assert row(better, "clipping by value").verdict == "does not hold"
    equal = judged(ensemble("clipped-value-1", 0.02))
    assert row(equal, "clipping by value").verdict == "cannot be judged"


def test_windowing_says_why_it_must_lose_and_what_its_failed_nets_score() -> None:
    found = row(judged(ensemble("windowed-30", 7.5, failed=7)), "windowing")
    assert found.verdict == "holds"
    assert "windowed-30 is ∞ times worse" in found.reproduced
    assert "same prediction for every window" in found.reason
    assert "scored all the same, have median D_stsp 7.5" in found.reason
    assert "7 of 14 members failed" in found.reason


@pytest.mark.parametrize("members", [1, 4])
def test_few_members_are_not_judged(members: int) -> None:
    found = row(judged(ensemble("windowed-30", 7.5, members=members)), "windowing")
    assert found.verdict == "cannot be judged"
    assert found.members == str(members)


def test_where_sparse_forcing_fails_nothing_is_judged() -> None:
    failed = [ensemble("sparse-30", 0.02, failed=4), ensemble("truncated-30", 9.0)]
    found = row(list(baselines.rows(evidence(failed))), "truncation")
    assert found.verdict == "cannot be judged"
    assert "half of the sparse members failed" in found.reason


def test_mixed_clip_lines_and_shorter_windows_are_told() -> None:
    clipped = ensemble("clipped-norm-1", 9.0)
    found = row(judged(clipped, figure="fig1b"), "clipping by norm")
    assert "mix models in print" in found.reason
    assert "windows of 200 steps (print 1000)" in found.reason


def test_below_the_floor_no_ensemble_is_better_than_another() -> None:
    both = [ensemble("sparse-30", 0.004), ensemble("truncated-30", 0.006)]
    comparison = baselines.compare(evidence(both), both[1], both[0])
    assert (comparison.ratio, comparison.delta) == (1.0, 0.0)
    assert np.isclose(comparison.interval.low, 1.0)


def test_without_any_time_to_compare_at_nothing_is_judged() -> None:
    given = evidence([*sparse(), ensemble("truncated-30", 9.0)], figure=None, time=np.nan)
    found = row(list(baselines.rows(given)), "truncation")
    assert found.verdict == "cannot be judged"
    assert found.reason == "the series has no finite τ_pred to compare at"


def test_settings_equal_at_the_floor_are_not_said_to_be_better() -> None:
    reference, equal = ensemble("sparse-30", 0.004), ensemble("truncated-30", 0.004)
    alone = row(list(baselines.rows(evidence([reference, equal]))), "truncation")
    assert alone.interval == "[1, 1] times"
    assert alone.verdict == "cannot be judged"
    beaten = ensemble("truncated-10", 9.0)
    both = row(list(baselines.rows(evidence([reference, equal, beaten]))), "truncation")
    assert both.verdict == "holds partly"
    assert "surely beaten: 1 of 2" in both.reason
