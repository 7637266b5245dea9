"""A recording of equations: integrate a system and record what is observed of its states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chaoslearn import systems
from chaoslearn.records.observing import Recording, seed_of
from chaoslearn.series.integrate import integrate


def record(name: str, settings: Mapping[str, Any]) -> Recording:
    """Integrate the system of series ``name``.

    Parameters
    ----------
    settings : as ``config_series.SystemSeries``, with ``seed``.
    """
    system = systems.configured(settings["system"], settings["parameters"], settings["dimension"])
    samples = settings["train"] + settings["test"]
    states = integrate(
        system,
        step=settings["step"],
        samples=samples,
        transient=settings["transient"],
        relative_tolerance=settings["relative_tolerance"],
        absolute_tolerance=settings["absolute_tolerance"],
        seed=seed_of(settings["seed"], name),
    )
    return Recording(
        values=system.observed(states.T).T,
        components=system.observed_components,
        step=settings["step"],
        unit=system.time_unit,
        training_fraction=settings["train"] / samples,
        notes={
            "system": system.name,
            "parameters": json.dumps(dict(system.parameters)),
            "solver": "DOP853" if system.kind == "flow" else system.kind,
            "relative_tolerance": settings["relative_tolerance"],
            "absolute_tolerance": settings["absolute_tolerance"],
            "citation": system.citation,
        },
    )
