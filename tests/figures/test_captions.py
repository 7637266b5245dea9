"""Captions render for experiments of the config and for a user's own series alike."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils.core import publish_parts
from jinja2 import Environment, StrictUndefined

REPORT = Path(__file__).resolve().parents[2] / "workflow" / "report"
CONFIG = {
    "training": {"members": 3},
    "gradients": {
        "starts": 20,
        "parameter_steps": 2000,
        "course_steps": 1000,
        "segments": 300,
    },
    "own_series": {"cells": ["gru"], "forcings": ["sparse-auto"]},
    "series": {
        "lorenz63": {"kind": "system", "system": "lorenz63"},
        "lorenz63_published": {"kind": "system", "system": "lorenz63_published"},
        "mine": {"kind": "file"},
    },
    "experiments": {
        "fig1a": {
            "series": ["lorenz63_published", "lorenz63"],
            "conventions": {"standard": "lorenz63", "published": "lorenz63_published"},
            "cells": ["rnn", "lstm"],
            "forcings": ["sparse-5", "sparse-30"],
            "published": "fig1a",
            "training": {"members": 5},
        },
        "short": {"series": ["lorenz63"], "cells": ["rnn"], "forcings": ["sparse-7"]},
    },
}


OUTPUT = SimpleNamespace(csv="results/scorecard.csv", markdown="results/scorecard.md")


def rendered(rule: str, files: Sequence[object] = (), **wildcards: str) -> str:
    template = (REPORT / f"{rule}.rst").read_text()
    job = SimpleNamespace(wildcards=SimpleNamespace(**wildcards), config=CONFIG, output=OUTPUT)
    # As Snakemake sets it up, and stricter.
    jinja = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    text = jinja.from_string(template).render(snakemake=job, files=files)
    # halt_level 2: a warning of reStructuredText is an error here.
    body = publish_parts(text, writer="html", settings_overrides={"halt_level": 2})["body"]
    return " ".join(body.split())


def test_sweep_of_an_experiment() -> None:
    published = rendered("plot_sweep", experiment="fig1a", convention="published")
    assert "lorenz63_published" in published
    assert "rnn, lstm" in published
    assert "5 members" in published
    assert "Hollow marks" in published
    standard = rendered("plot_sweep", experiment="fig1a", convention="standard")
    assert "lorenz63_published" not in standard
    assert "Thirty bins" in standard
    assert "Hollow marks" not in standard


@pytest.mark.parametrize("rule", ["plot_sweep", "plot_attractor", "plot_gradients"])
def test_each_says_system_cell_interval_members(rule: str) -> None:
    text = rendered(rule, experiment="short", convention="standard")
    for words in ("(system lorenz63)", "rnn", "sparse-7", "τ", "3 members"):
        assert words in text
    assert "standard convention" in text.lower() or rule == "plot_gradients"


@pytest.mark.parametrize(
    ("rule", "experiment"),
    [
        ("plot_sweep", "mine"),
        ("plot_attractor", "mine_attractor"),
        ("plot_gradients", "mine_gradients"),
    ],
)
def test_figures_of_a_series_that_no_experiment_names(rule: str, experiment: str) -> None:
    text = rendered(rule, experiment=experiment, convention="standard")
    assert "gru" in text
    assert "sparse-auto" in text
    assert "mine" in text


def test_divergence_names_the_system_where_there_is_one() -> None:
    assert "system lorenz63" in rendered("plot_divergence", series="lorenz63")
    assert "(system" not in rendered("plot_divergence", series="mine")


def test_the_scorecards_caption_names_its_files() -> None:
    text = rendered("collect_scorecard")
    assert "results/scorecard.csv" in text
    assert "3 members" in text


def test_the_report_opens_on_the_scorecard_where_there_is_one(tmp_path: Path) -> None:
    page = tmp_path / "scorecard.html"
    page.write_text('<div id="scorecard"><td>holds</td></div>')
    files = [SimpleNamespace(target="scorecard.html", path=page)]
    front = rendered("workflow", files)
    assert "<td>holds</td>" in front
    assert front.index("<td>holds</td>") < front.index("Every figure")
    assert "holds" not in rendered("workflow")


@pytest.mark.parametrize("origin", ["constructed", "trained"])
def test_theorems_tell_where_the_nets_come_from(origin: str) -> None:
    text = rendered("plot_theorems", experiment="fig1a", origin=origin)
    assert "rnn, lstm" in text
    assert ("sparse-5" in text) == (origin == "trained")


def test_forced_and_course_tell_series_and_extent() -> None:
    assert "300 held-out samples" in rendered("plot_forced", experiment="fig1a")
    assert "T = 1000" in rendered("plot_course", experiment="fig1a")


def test_link_names_its_experiments_or_all() -> None:
    assert "all experiments" in rendered("plot_link")
