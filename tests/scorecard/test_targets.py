"""Numbers to be reached at the published protocol."""

import pytest
from evidence_made import ensemble, evidence, row, sparse

from chaoslearn.scorecard import targets
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.row import Row


def judged(*others: Ensemble, **about: object) -> list[Row]:
    return list(targets.rows(evidence([*sparse(), *others], **about)))


@pytest.mark.parametrize(
    ("median", "verdict"), [(0.02, "holds"), (0.05, "cannot be judged"), (0.2, "does not hold")]
)
def test_a_bound_holds_where_the_whole_interval_does(median: float, verdict: str) -> None:
    given = evidence([ensemble("sparse-30", median)])
    found = row(list(targets.rows(given)), "at most 0.05 nats")
    assert found.verdict == verdict
    assert found.published == "0.0618 nats (mean)"


def test_too_long_a_tau_and_every_baseline_are_worse() -> None:
    rows = judged(ensemble("truncated-10", 9.0), ensemble("truncated-200", 0.3))
    assert row(rows, "every 200 steps").verdict == "holds"  # 9 / 0.02 = 450
    assert row(rows, "every 200 steps").published == "195 times"
    truncated = row(rows, "truncation, any setting")
    assert truncated.verdict == "does not hold"  # 0.3 / 0.02 = 15
    assert truncated.reproduced == "truncated-200 is 15 times worse"


def test_they_are_judged_at_the_published_protocol_only() -> None:
    rows = judged(epochs=1000)
    assert {found.verdict for found in rows} == {"cannot be judged"}
    assert all("epochs 1000 (print 3000)" in found.reason for found in rows)


def test_other_figures_have_no_targets() -> None:
    assert judged(figure="fig5") == []


def test_a_reference_that_failed_is_none() -> None:
    failed = [ensemble("sparse-30", 0.02, failed=4), ensemble("sparse-200", 9.0)]
    found = row(list(targets.rows(evidence(failed))), "every 200 steps")
    assert found.verdict == "cannot be judged"
    assert "half of sparse-30 failed" in found.reason
