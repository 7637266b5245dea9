"""The best τ: sweeps whose optimum is known, and those of which nothing can be said."""

from dataclasses import replace

import numpy as np
import pytest
from evidence_made import OPTIMUM_AT_30, SERIES, ensemble, evidence, row, sparse

from chaoslearn.scorecard import optimum
from chaoslearn.scorecard.curve import curves
from chaoslearn.scorecard.evidence import Evidence
from chaoslearn.scorecard.row import Row


def judged(given: Evidence) -> list[Row]:
    return list(optimum.rows(given))


def test_a_clear_optimum_inside_the_sweep_is_found() -> None:
    existence = row(judged(evidence(sparse())), "interior optimum")
    assert existence.verdict == "holds"
    assert "best at τ = 30," in existence.reproduced
    assert existence.interval == "[30, 30] steps"
    assert existence.published == "best at τ = 30 of 5–200 (D_stsp 0.0618)"
    assert existence.members == "7"
    assert "32 %" in existence.reason


def test_it_is_compared_with_the_own_and_the_printed_time() -> None:
    rows = judged(evidence(sparse()))
    own = row(rows, "its own τ_pred (62.7 steps)")
    # Even the next longer τ of the grid, 50, lies below 62.7; 30 / 62.7 = 0.478 < 1/2.
    assert own.verdict == "does not hold"
    assert "0.478 of τ_pred" in own.reproduced
    printed = row(rows, "the printed τ_pred (46.2 steps)")
    # The optimum may lie up to 50, and 30 / 46.2 = 0.649 is within a factor of two.
    assert printed.verdict == "holds"
    assert "λ = 1.50" in printed.reason


def test_no_printed_time_is_judged_where_it_is_the_own() -> None:
    rows = judged(evidence(sparse(), time=46.5))
    assert not [row for row in rows if "printed τ_pred" in row.claim]


def test_near_but_surely_another_holds_partly() -> None:
    rows = judged(evidence(sparse(), time=59.0, figure=None))
    assert row(rows, "its own τ_pred").verdict == "holds partly"  # 30 / 59 = 0.51, next τ is 50


@pytest.mark.parametrize("ends", [(0.01, 9.0), (9.0, 0.01)])
def test_a_best_at_an_end_is_no_interior_optimum(ends: tuple[float, float]) -> None:
    medians = dict(zip((5, 15, 30, 70, 200), np.geomspace(*ends, 5), strict=True))
    rows = judged(evidence(sparse(medians, floor=0.001), figure=None))
    assert row(rows, "interior optimum").verdict == "does not hold"
    agreement = row(rows, "agrees with its own")
    assert agreement.verdict == "cannot be judged"
    assert "no interior optimum" in agreement.reason


def test_a_best_that_one_end_may_equal_holds_partly() -> None:
    medians = OPTIMUM_AT_30 | {200: 0.021}
    existence = row(judged(evidence(sparse(medians, spread=1.6))), "interior optimum")
    assert existence.verdict == "holds partly"


def test_fewer_than_five_members_are_not_judged_but_shown() -> None:
    existence = row(judged(evidence(sparse(members=4))), "interior optimum")
    assert existence.verdict == "cannot be judged"
    assert existence.reason.startswith("4 members, where 5 are needed")
    assert "best at τ = 30" in existence.reproduced


def test_failed_members_rank_as_worst_and_are_counted() -> None:
    """Half of the members fail where the rest would be best: the best τ moves."""
    moved = [
        ensemble("sparse-30", 0.02, failed=4) if e.forcing == "sparse-30" else e for e in sparse()
    ]
    existence = row(judged(evidence(moved)), "interior optimum")
    assert "best at τ = 20," in existence.reproduced
    assert "4 of 49 members failed" in existence.reason


def test_nothing_is_said_where_all_fail_or_all_are_at_the_floor() -> None:
    failed = [replace(e, failed=np.ones(7, bool)) for e in sparse()]
    assert "failed at every τ" in row(judged(evidence(failed)), "interior").reason
    at_floor = sparse(floor=13.6)
    existence = row(judged(evidence(at_floor)), "interior")
    assert existence.verdict == "cannot be judged"
    assert "floor of 13.6" in existence.reason


def test_two_values_of_tau_are_too_few() -> None:
    existence = row(judged(evidence(sparse({10: 1.0, 63: 2.0}))), "interior")
    assert existence.verdict == "cannot be judged"
    assert "2 values of τ, where 3 are needed" in existence.reason


def test_without_a_finite_time_there_is_nothing_to_agree_with() -> None:
    rows = judged(evidence(sparse(), time=np.inf, figure=None))
    agreement = row(rows, "its own τ_pred (∞ steps)")
    assert agreement.verdict == "cannot be judged"
    assert "no finite τ_pred" in agreement.reason


def test_members_equal_at_the_floor_make_a_stretch_of_best_tau() -> None:
    given = evidence(sparse({5: 8.0, 15: 0.004, 20: 0.005, 30: 0.006, 200: 9.0}, floor=0.01))
    (curve,) = curves(given, next(given.views()))
    assert curve.optimum == (15.0, 30.0)
    assert (curve.optimum_interval.low, curve.optimum_interval.high) == (15.0, 30.0)
    assert (curve.between_neighbours.low, curve.between_neighbours.high) == (5.0, 200.0)
    assert curve.interior == 1.0


def test_a_setting_is_a_curve_of_its_own() -> None:
    slow = [ensemble(f"sparse-{tau}-slow", median) for tau, median in OPTIMUM_AT_30.items()]
    claims = [row.claim for row in judged(evidence([*slow, *sparse()], figure=None))]
    assert claims[0] == f"{SERIES}, lstm: an interior optimum of τ exists"
    assert f"{SERIES}, lstm (slow): an interior optimum of τ exists" in claims


def test_curves_without_an_optimum_are_seldom_given_one() -> None:
    """Members of equal distribution at every τ: one sweep in twenty may seem to have one."""
    draws = np.random.default_rng(7)
    found = []
    for trial in range(60):
        flat = [
            replace(e, scores=e.scores | {"state_space_divergence": np.exp(draws.normal(size=7))})
            for e in sparse(floor=0.0)
        ]
        given = replace(evidence(flat, figure=None), seed=trial)
        found.append(row(judged(given), "interior optimum").verdict)
    assert found.count("holds") <= 3
    assert found.count("cannot be judged") > 45


@pytest.mark.parametrize("medians", [(0.004, 0.005, 0.006, 5.0), (5.0, 0.006, 0.005, 0.004)])
def test_an_end_that_is_equal_at_the_floor_to_a_tau_inside_shows_nothing(
    medians: tuple[float, ...],
) -> None:
    given = evidence(sparse(dict(zip((5, 10, 30, 100), medians, strict=True)), floor=0.01))
    (curve,) = curves(given, next(given.views()))
    assert (curve.interior, curve.only_an_end) == (0.0, 0.0)
    assert row(judged(given), "interior optimum").verdict == "cannot be judged"


def test_an_end_that_alone_is_at_the_floor_is_best() -> None:
    given = evidence(sparse({5: 0.004, 10: 0.5, 30: 1.0, 100: 5.0}, floor=0.01))
    (curve,) = curves(given, next(given.views()))
    assert (curve.interior, curve.only_an_end) == (0.0, 1.0)
    assert row(judged(given), "interior optimum").verdict == "does not hold"


def test_resamples_in_which_every_tau_fails_show_no_end_to_be_best() -> None:
    """Three of seven failed at the best τ: a third of its resamples have an infinite median."""
    failed = {5: 3, 10: 7, 30: 7, 100: 7}
    ensembles = [ensemble(f"sparse-{tau}", 1.0, failed=number) for tau, number in failed.items()]
    given = evidence(ensembles)
    (curve,) = curves(given, next(given.views()))
    lost = np.isinf(curve.resampled[0]).mean()
    assert 0.2 < lost < 0.4
    assert curve.only_an_end == pytest.approx(1 - lost)
    assert row(judged(given), "interior optimum").verdict == "cannot be judged"


@pytest.mark.parametrize("auto_first", [True, False])
def test_auto_gives_way_to_a_tau_named_by_its_number(auto_first: bool) -> None:
    """τ_pred = 62.7 is 63 steps, here the end of the sweep and its best."""
    numbered = sparse({5: 9.0, 15: 3.0, 30: 1.0, 63: 0.02})
    twin = ensemble("sparse-auto", 0.015)
    given = evidence([twin, *numbered] if auto_first else [*numbered, twin], figure=None)
    (curve,) = curves(given, next(given.views()))
    assert [e.forcing for e in curve.ensembles] == [e.forcing for e in numbered]
    assert curve.positions.tolist() == [5.0, 15.0, 30.0, 63.0]
    assert curve.interior == 0.0
    assert row(judged(given), "interior optimum").verdict == "does not hold"


def test_auto_alone_at_its_tau_stays() -> None:
    given = evidence([*sparse(), ensemble("sparse-auto", 1.0)])
    (curve,) = curves(given, next(given.views()))
    assert curve.positions.tolist() == [5.0, 15.0, 20.0, 30.0, 50.0, 63.0, 70.0, 200.0]
