"""Captions render for experiments of the config and for a user's own series alike."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils.core import publish_parts
from jinja2 import Environment, StrictUndefined

REPORT = Path(__file__).resolve().parents[2] / "workflow" / "report"
CONFIG = {
    "training": {"members": 3},
    "gradients": {"starts": 20},
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


def rendered(rule: str, **wildcards: str) -> str:
    template = (REPORT / f"{rule}.rst").read_text()
    job = SimpleNamespace(wildcards=SimpleNamespace(**wildcards), config=CONFIG)
    text = Environment(undefined=StrictUndefined).from_string(template).render(snakemake=job)
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
