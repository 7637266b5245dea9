"""The scorecard as a job: it looks at everything that figures of measures show."""

from __future__ import annotations

from typing import Any

from chaoslearn import provenance
from chaoslearn.provenance import Inputs, Job
from chaoslearn.study.stages import Stages
from chaoslearn.study.theorems import Theorems


def scorecard(stages: Stages, theorems: Theorems) -> Job:
    """Which claims hold, as csv (and, beside it, markdown and a page of the report)."""
    runs = stages.runs_shown("sweep", "attractor")
    series = dict.fromkeys(run.series for run in runs)
    inputs: Inputs = {
        "measures": tuple(stages.measures(*run.names) for run in runs),
        "exponents": tuple(stages.exponents(name) for name in series),
        "theorems": (theorems.table(),) if theorems.experiments else (),
    }
    settings = {
        "seed": stages.config.seed,
        "sweeps": _sweeps(stages),
        "points": provenance.content_hash(provenance.PUBLISHED_POINTS),
    }
    return stages.job("scorecard.csv", "collect_scorecard", settings, inputs)


def _sweeps(stages: Stages) -> list[dict[str, Any]]:
    """Fields as in `chaoslearn.scorecard.evidence.Sweep`."""
    found = []
    for name, experiment in stages.experiments.items():
        if experiment.figure != "sweep":
            continue
        runs = stages.experiment_runs(name)
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
