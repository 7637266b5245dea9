"""T1-T3 from a table of verdicts on single nets."""

import pandas as pd
import pytest
from evidence_made import ensemble, evidence, row

from chaoslearn.gradients.verdicts import FAILS, HOLDS, UNDECIDED
from chaoslearn.scorecard import theorems
from chaoslearn.scorecard.row import Row

RATES = {"fixed-point": -0.3, "cycle": -0.1, "torus": 1e-5, "chaos": 0.05}
THEOREMS = {"fixed-point": "T1", "cycle": "T1", "torus": "T3", "chaos": "T2"}


def table(**changed: str) -> pd.DataFrame:
    """Every net behaves as its theorem says, but for the cells whose verdict is changed."""
    return pd.DataFrame(
        [
            {
                "regime": regime, "regime_found": regime, "theorem": THEOREMS[regime],
                "cell": cell, "origin": origin, "series": "", "forcing": "", "quantity": quantity,
                "rate": rate, "largest_exponent": 1.1 * rate, "verdict": changed.get(cell, HOLDS),
            }
            for regime, rate in RATES.items()
            for cell in ("rnn", "lstm", "gru", "plrnn")
            for origin in ("constructed", "trained")
            for quantity in ("jacobian_norm", "state_gradient_norm", "loss_gradient_norm")
        ]
    )  # fmt: skip


def judged(given: pd.DataFrame | None) -> list[Row]:
    return list(theorems.rows(evidence([ensemble("sparse-30", 1.0)], theorems=given)))


def test_a_row_for_each_theorem_and_origin() -> None:
    rows = judged(table())
    assert [found.verdict for found in rows] == ["holds"] * 6
    first = row(rows, "T1, constructed")
    assert (first.members, first.reproduced) == ("8 nets", "24 of 24 norms behave so")
    assert first.interval == "rates [−0.3, −0.1] a step, λ_max [−0.33, −0.11]"
    assert "seven times λ_max" in row(rows, "T2, trained").reason


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"gru": FAILS}, "holds partly"),
        ({"gru": UNDECIDED}, "holds partly"),
        (dict.fromkeys(("rnn", "lstm", "gru", "plrnn"), FAILS), "does not hold"),
        (dict.fromkeys(("rnn", "lstm", "gru", "plrnn"), UNDECIDED), "cannot be judged"),
    ],
)
def test_exceptions_are_weighed_and_named(changed: dict[str, str], verdict: str) -> None:
    found = row(judged(table(**changed)), "T3, trained")
    assert found.verdict == verdict
    assert f"gru torus jacobian_norm {changed['gru']}" in found.reason


def test_a_net_counts_for_the_regime_it_was_found_in() -> None:
    strayed = table()
    lost = (strayed["cell"] == "gru") & (strayed["regime"] == "chaos")
    strayed.loc[lost, ["regime_found", "theorem"]] = ["cycle", "T1"]
    rows = judged(strayed)
    assert row(rows, "T1, trained").members == "9 nets"
    assert "among them gru meant for chaos" in row(rows, "T1, trained").reason
    assert row(rows, "T2, trained").members == "3 nets"


def test_without_the_experiment_or_the_regime_nothing_is_judged() -> None:
    assert {found.verdict for found in judged(None)} == {"cannot be judged"}
    assert "no experiment" in row(judged(None), "T2").reason
    calm = table()
    rows = judged(calm[calm["regime"] != "torus"])
    assert row(rows, "T3").reason == "no net was found in its regime"


def test_nets_that_no_theorem_judges_are_named() -> None:
    lost = table()
    gone = (lost["cell"] == "gru") & (lost["regime"] == "chaos") & (lost["origin"] == "trained")
    lost.loc[gone, ["regime_found", "theorem"]] = ["none", ""]
    rows = judged(lost)
    assert row(rows, "T2, trained").members == "3 nets"
    assert "not judged: gru meant for chaos (none)" in row(rows, "T2, trained").reason
    assert "not judged" not in row(rows, "T2, constructed").reason
    assert "not judged" not in row(rows, "T1, trained").reason
