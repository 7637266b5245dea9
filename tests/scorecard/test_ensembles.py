"""What a claim sees of a measures file: D_stsp that cannot be told from 0."""

import numpy as np
import xarray as xr
from evidence_made import SERIES, TIME, evidence, row, sparse

from chaoslearn.measures.convention import CONVENTIONS
from chaoslearn.scorecard import agreement, baselines
from chaoslearn.scorecard.ensembles import RESOLUTION, Ensemble, ensembles_of


def measured(forcing: str, scores: list[float], floor: float) -> Ensemble:
    """From a measures file, in the published convention."""
    one = np.array([scores] * len(CONVENTIONS))
    dataset = xr.Dataset(
        {
            "state_space_divergence": (("convention", "member"), one),
            "spectrum_distance": (("convention", "member"), np.full_like(one, 2e-4)),
            "failed": (("convention", "member"), np.zeros_like(one)),
            "state_space_divergence_floor": ("convention", np.full(len(CONVENTIONS), floor)),
        },
        coords={"convention": list(CONVENTIONS)},
    )
    found = ensembles_of(dataset, SERIES, "lstm", forcing, TIME)
    return next(e for e in found if e.convention == "published")


NEGATIVE = [-0.0012, -0.0011, -0.001, -0.001, -0.0009, 0.0002, 0.0004]


def test_a_divergence_below_the_resolution_counts_as_the_resolution() -> None:
    found = measured("sparse-30", [-0.5, 4e-4, 6e-4, 2.0, np.nan], floor=-0.001)
    assert found.scores["state_space_divergence"].tolist() == [5e-4, 5e-4, 6e-4, 2.0, np.inf]
    assert found.scores["spectrum_distance"].tolist() == [2e-4] * 5
    assert found.floor == RESOLUTION == 5e-4


def test_what_can_be_told_from_0_is_left_as_it_is() -> None:
    """The floor is that of the published Rössler series."""
    found = measured("sparse-30", [0.0009, 0.002, 0.01], floor=0.000991)
    assert found.floor == 0.000991
    assert found.scores["state_space_divergence"].tolist() == [0.0009, 0.002, 0.01]
    assert found.ranked.tolist() == [0.000991, 0.002, 0.01]


def test_a_negative_estimate_does_not_turn_a_verdict_over() -> None:
    best = measured("sparse-30", NEGATIVE, floor=-0.001)
    worse = measured("truncated-30", [2.0] * 7, floor=-0.001)
    found = row(list(baselines.rows(evidence([best, worse]))), "truncation")
    assert found.verdict == "holds"
    assert found.reproduced == "truncated-30 is 4000 times worse than sparse-30, Cliff's δ 1"
    assert found.interval == "[4000, 4000] times"


def test_a_negative_estimate_has_a_ratio_to_print() -> None:
    others = sparse({5: 8.0})
    given = evidence([measured("sparse-30", NEGATIVE, floor=-0.001), *others])
    found = row(list(agreement.rows(given)), "fig1a, lstm", "D_stsp")
    # √(5e-4 / 0.0618 · 8 / 4.36) = 0.122.
    assert found.reproduced == "1 of 2 points agree; 0.122 times print in the geometric mean"
    assert found.interval == "[0.114, 0.131] times"
