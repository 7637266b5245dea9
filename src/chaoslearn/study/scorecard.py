"""The scorecard as a job: it looks at everything that figures of measures show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaoslearn import provenance
from chaoslearn.provenance import Inputs, Job

if TYPE_CHECKING:
    from chaoslearn.study.jobs import Study


def scorecard(study: Study) -> Job:
    """Which claims hold, as csv (and, beside it, markdown and a page of the report)."""
    runs = study.runs_shown("sweep", "attractor")
    series = dict.fromkeys(run.series for run in runs)
    inputs: Inputs = {
        "measures": tuple(study.measures(*run.names) for run in runs),
        "exponents": tuple(study.exponents(name) for name in series),
        "theorems": (study.theorems.table(),) if study.theorems.experiments else (),
    }
    settings = {
        "seed": study.config.seed,
        "sweeps": _sweeps(study),
        "points": provenance.content_hash(provenance.PUBLISHED_POINTS),
    }
    return study.job("scorecard.csv", "collect_scorecard", settings, inputs)


def _sweeps(study: Study) -> list[dict[str, Any]]:
    """Fields as in `chaoslearn.scorecard.evidence.Sweep`."""
    found = []
    for name, experiment in study.experiments.items():
        if experiment.figure != "sweep":
            continue
        runs = study.experiment_runs(name)
        found.append(
            {
                "published": experiment.published,
                "conventions": dict(experiment.conventions),
                "cells": list(experiment.cells),
                "forcings": list(dict.fromkeys(run.name for run in runs)),
                "setting": experiment.setting,
                "training": runs[0].training.model_dump(exclude={"members", "members_per_block"}),
            }
        )
    return found
