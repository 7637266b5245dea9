"""T1-T3 from a table of verdicts on single nets."""

import pandas as pd
import pytest
from evidence_made import ensemble, evidence, row

from chaoslearn.scorecard import theorems
from chaoslearn.scorecard.row import Row

RATES = {"fixed-point": -0.3, "cycle": -0.1, "torus": 1e-5, "chaos": 0.05}


def table(**changed: str) -> pd.DataFrame:
    """Every net behaves as its theorem says, but for the cells whose verdict is changed."""
    return pd.DataFrame(
        [
            {
                "regime": regime, "cell": cell, "origin": origin, "quantity": quantity,
                "rate": rate, "rate_error": 1e-3, "largest_exponent": rate,
                "verdict": changed.get(cell, "holds"),
            }
            for regime, rate in RATES.items()
            for cell in ("rnn", "lstm", "gru", "plrnn")
            for origin in ("constructed", "trained")
            for quantity in ("jacobian", "state gradient", "loss gradient")
        ]
    )  # fmt: skip


def judged(given: pd.DataFrame | None) -> list[Row]:
    return list(theorems.rows(evidence([ensemble("sparse-30", 1.0)], theorems=given)))


def test_a_row_for_each_theorem_and_origin() -> None:
    rows = judged(table())
    assert [found.verdict for found in rows] == ["holds"] * 6
    first = row(rows, "T1, constructed")
    assert (first.members, first.reproduced) == ("8 nets", "24 of 24 norms behave so")
    assert first.interval == "rates [−0.3, −0.1] a step"
    assert "seven times λ_max" in row(rows, "T2, trained").reason


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"gru": "does not hold"}, "holds partly"),
        ({"gru": "cannot be judged"}, "holds"),
        (dict.fromkeys(("rnn", "lstm", "gru", "plrnn"), "does not hold"), "does not hold"),
        (dict.fromkeys(("rnn", "lstm", "gru", "plrnn"), "cannot be judged"), "cannot be judged"),
    ],
)
def test_exceptions_are_weighed_and_named(changed: dict[str, str], verdict: str) -> None:
    found = row(judged(table(**changed)), "T3, trained")
    assert found.verdict == verdict
    assert f"gru torus jacobian: {changed['gru']}" in found.reason


def test_without_the_experiment_or_the_regime_nothing_is_judged() -> None:
    assert {found.verdict for found in judged(None)} == {"cannot be judged"}
    assert "no experiment" in row(judged(None), "T2").reason
    calm = table()
    rows = judged(calm[calm["regime"] != "torus"])
    assert row(rows, "T3").reason.startswith("no net in the regime torus")
