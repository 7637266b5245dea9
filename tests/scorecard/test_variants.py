"""Annealed and random forcing beside sparse forcing."""

from evidence_made import ensemble, evidence, row, sparse

from chaoslearn.scorecard import variants
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.row import Row


def judged(*others: Ensemble) -> list[Row]:
    figures = ("figRandom", "figAnneal")
    return list(variants.rows(evidence([*sparse(), *others], more=figures, window=1000)))


def test_what_is_as_good_in_print_is_to_be_as_good_here() -> None:
    rows = judged(ensemble("random-30-10", 0.03), ensemble("random-30-20", 0.2))
    narrow = row(rows, "random-30-10", "as good as", "sparse-30")
    assert narrow.verdict == "holds"
    assert narrow.published == "0.336 times the D_stsp of sparse-30"
    assert narrow.reproduced == "1.5 times, Cliff's δ 1"
    assert row(rows, "random-30-20", "as good as").verdict == "does not hold"


def test_what_is_much_worse_in_print_is_to_be_worse_here() -> None:
    rows = judged(ensemble("random-30-50", 9.0), ensemble("random-30-70", 0.03))
    wide = row(rows, "random-30-50", "more than 3 times worse")
    assert wide.verdict == "holds"
    assert "with Δ > 29 the interval is cut at 1" in wide.reason
    assert row(rows, "random-30-70", "more than 3 times worse").verdict == "does not hold"


def test_annealing_is_compared_at_its_own_tau_and_as_in_print() -> None:
    rows = judged(ensemble("annealed-46", 0.03))
    assert row(rows, "annealed-46", "sparse-30").published.startswith("1.24 times")
    nearest = row(rows, "annealed-46", "sparse-50")
    assert nearest.published == "not printed"
    assert "its own τ is 46" in nearest.reason
    assert "anneals τ always" in nearest.reason


def test_an_interval_over_the_factor_is_not_judged() -> None:
    found = row(judged(ensemble("random-30-10", 0.06, spread=1.5)), "random-30-10")
    assert found.verdict == "cannot be judged"


def test_random_forcing_around_the_own_time_is_compared_there() -> None:
    """τ_pred = 62.7 is 63 steps: nearest is τ = 70, and from Δ = 63 on the interval is cut."""
    rows = judged(ensemble("random-auto-10", 3.0), ensemble("random-auto-70-slow", 3.0))
    narrow = row(rows, "random-auto-10", "as good as", "sparse-70")
    assert narrow.verdict == "holds"
    assert narrow.reproduced.startswith("1.5 times")
    assert narrow.published == "not printed"
    assert narrow.reason.startswith("its own τ is 63; none of 14 failed")
    wide = row(rows, "random-auto-70-slow", "sparse-70")
    assert "with Δ > 62 the interval is cut at 1" in wide.reason
