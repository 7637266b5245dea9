"""From files to evidence, and from rows to csv, markdown and page."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from chaoslearn.records import scorecard, scorecard_text
from chaoslearn.scorecard.claims import judged
from chaoslearn.scorecard.evidence import Evidence
from chaoslearn.scorecard.row import COLUMNS, Row

ROWS = [
    Row("Theorems", "T1: a | b", "", "24 of 24", "", "8 nets", "", "holds", "because of «c»"),
    Row("The best τ", "x", "y", "0.1 nats", "[0, ∞]", "7", "standard", "does not hold", "a < b"),
]
SETTINGS: dict[str, Any] = {
    "seed": 3,
    "sweeps": [
        {
            "published": "fig1a",
            "conventions": {"published": "lorenz63_published"},
            "cells": ["rnn"],
            "forcings": ["sparse-30", "sparse-auto"],
            "setting": None,
            "training": {"epochs": 1},
        }
    ],
}


def measures(forcing: str, values: list[float], failed: list[bool]) -> xr.Dataset:
    both = ("convention", "member")
    names = {"series": "lorenz63_published", "cell": "rnn", "forcing": forcing}
    return xr.Dataset(
        {
            "state_space_divergence": (both, [values, [2 * value for value in values]]),
            "spectrum_distance": (both, [values] * 2),
            "failed": (both, [failed, [False] * len(failed)]),
            "state_space_divergence_floor": ("convention", [0.05, 0.2]),
        },
        {"convention": ["published", "standard"]},
        {"wildcards": json.dumps(names)},
    )


def exponents() -> xr.Dataset:
    return xr.Dataset(
        {
            "predictability_time": ((), 62.7),
            "predictability_time_interval": ("bound", [62.6, 62.8]),
        },
        attrs={"wildcards": json.dumps({"series": "lorenz63_published"})},
    )


@pytest.fixture
def evidence() -> Evidence:
    files = [
        measures("sparse-30", [0.1, 0.01, np.nan], [True, False, True]),
        measures("sparse-auto", [1.0, 2.0, 3.0], [False] * 3),
    ]
    return scorecard.evidence(files, [exponents()], None, SETTINGS)


def test_an_ensemble_for_each_file_and_convention(evidence: Evidence) -> None:
    published, standard, auto, _ = evidence.ensembles
    assert (published.convention, standard.convention) == ("published", "standard")
    assert auto.place.position == 63.0
    # Failed as worst, whatever the score; below the floor all are equal.
    assert published.ranked.tolist() == [np.inf, 0.05, np.inf]
    assert standard.ranked.tolist() == [0.2, 0.2, np.inf]
    assert published.scores["state_space_divergence"].tolist() == [0.1, 0.01, np.inf]
    assert evidence.times["lorenz63_published"].high == 62.8


def test_a_sweep_trains_its_own_ensembles_and_shows_one_convention(evidence: Evidence) -> None:
    (view,) = evidence.views()
    assert (view.series, view.cell, view.convention) == ("lorenz63_published", "rnn", "published")
    assert view.figures == ("fig1a",)
    assert [e.forcing for e in evidence.of(view)] == ["sparse-30", "sparse-auto"]
    assert evidence.training(evidence.ensembles[0]) == {"epochs": 1}


def test_resampled_medians_are_the_same_whatever_else_is_measured(evidence: Evidence) -> None:
    alone = scorecard.evidence(
        [measures("sparse-auto", [1.0, 2.0, 3.0], [False] * 3)], [exponents()], None, SETTINGS
    )
    np.testing.assert_array_equal(
        evidence.medians(evidence.ensembles[2]), alone.medians(alone.ensembles[0])
    )


def test_with_few_members_no_claim_is_judged(evidence: Evidence) -> None:
    settings = SETTINGS["sweeps"][0]["training"] | {
        "latent": 30, "batches": 10, "batch": 32, "learning_rate": 1e-3, "schedule": "constant",
        "window": None,
    }  # fmt: skip
    (sweep,) = SETTINGS["sweeps"]
    whole = {"seed": 3, "sweeps": [sweep | {"training": settings}]}
    files = [measures(f"sparse-{tau}", [0.1, 0.2, 0.3], [False] * 3) for tau in (5, 30, 200)]
    rows = judged(scorecard.evidence(files, [exponents()], None, whole))
    assert len(rows) > 5
    assert {row.verdict for row in rows} == {"cannot be judged"}


def test_csv_gives_back_every_row(tmp_path: Path) -> None:
    scorecard.write(ROWS, tmp_path / "scorecard.csv")
    found = pd.read_csv(tmp_path / "scorecard.csv", keep_default_na=False)
    assert tuple(found.columns) == COLUMNS
    assert COLUMNS == (
        "claim", "published", "reproduced", "interval", "members", "convention", "verdict",
        "reason",
    )  # fmt: skip
    assert [Row(row.family, *cells) for row, cells in zip(ROWS, found.values, strict=True)] == ROWS


def test_markdown_gives_back_every_row_under_its_family(tmp_path: Path) -> None:
    scorecard_text.write(scorecard_text.markdown(ROWS), tmp_path / "scorecard.md")
    text = (tmp_path / "scorecard.md").read_text(encoding="utf-8")
    assert "2 claims. holds: 1, holds partly: 0, does not hold: 1, cannot be judged: 0." in text
    found = []
    for line in text.splitlines():
        if line.startswith("## "):
            family = line.removeprefix("## ")
        elif line.startswith("| **"):
            cells = [cell.replace("\\|", "|") for cell in re.split(r" (?<!\\)\| ", line[2:-2])]
            about = dict(zip(scorecard_text.HEADS, cells, strict=True))
            found.append(Row(**about | {"family": family, "verdict": about["verdict"].strip("*")}))
    assert found == ROWS


def test_the_page_shows_every_cell() -> None:
    class Cells(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.found += [""] if tag == "td" else []

        def handle_data(self, data: str) -> None:
            if self.found and self.lasttag == "td":
                self.found[-1] += data.strip()

    parser = Cells()
    parser.feed(scorecard_text.page(ROWS))
    wanted = [getattr(row, head) for row in ROWS for head in scorecard_text.HEADS]
    assert [text for text in parser.found if text] == [text for text in wanted if text]
