"""From what the config says of a series to its dataset: integrate or read, observe, split."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from chaoslearn import systems
from chaoslearn.records.series import to_dataset
from chaoslearn.series.from_file import read_series
from chaoslearn.series.integrate import integrate
from chaoslearn.series.observe import choose_components, standardise
from chaoslearn.series.split import TRAIN, split_in_time


def observe_system(name: str, settings: Mapping[str, Any]) -> xr.Dataset:
    """Integrate the system of series ``name`` and observe it.

    Parameters
    ----------
    settings : as ``config.SystemSeries``, with ``seed``.
    """
    system = systems.load(settings["system"]).with_parameters(**settings["parameters"])
    states = integrate(
        system,
        step=settings["step"],
        samples=settings["train"] + settings["test"],
        transient=settings["transient"],
        relative_tolerance=settings["relative_tolerance"],
        absolute_tolerance=settings["absolute_tolerance"],
        seed=_seed(settings["seed"], name),
    )
    raw, components = states, list(system.observed_components)
    if system.observe is not None:
        raw = np.ascontiguousarray(system.observe(states.T).T)
    if settings["components"] is not None:
        raw = choose_components(raw, components, settings["components"])
        components = list(settings["components"])
    share = settings["train"] / (settings["train"] + settings["test"])
    origin = {
        "system": system.name,
        "parameters": json.dumps(dict(system.parameters)),
        "solver": "DOP853" if system.kind == "flow" else system.kind,
        "relative_tolerance": settings["relative_tolerance"],
        "absolute_tolerance": settings["absolute_tolerance"],
        "citation": system.citation,
    }
    return _described(
        raw, settings["standardise"], share, components, settings["step"], system.time_unit, origin
    )


def observe_file(settings: Mapping[str, Any]) -> xr.Dataset:
    """Read a user's series.

    Parameters
    ----------
    settings : as ``config.FileSeries``.
    """
    found = read_series(
        settings["path"],
        columns=settings["columns"],
        step=settings["step"],
        time_column=settings["time_column"],
    )
    share = 1 - settings["test_share"]
    origin = {"file": settings["path"], "sha256": settings["content"]}
    return _described(
        found.series, settings["standardise"], share, found.components, found.step,
        settings["unit"], origin,
    )  # fmt: skip


def _described(
    raw: Any,
    mode: str,
    training_fraction: float,
    components: Any,
    step: float,
    unit: str,
    origin: Mapping[str, str | float],
) -> xr.Dataset:
    split = split_in_time(len(raw), training_fraction=training_fraction, fewest_training=2)
    standard = standardise(raw, mode, int((split == TRAIN).sum()))
    return to_dataset(
        standard.series, split, mean=standard.mean, scale=standard.scale, components=components,
        step=step, unit=unit, origin=dict(origin) | {"standardised": mode},
    )  # fmt: skip


def _seed(seed: int, name: str) -> int:
    """A seed that depends on the study's seed and the series' name alone."""
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:8], "little")
