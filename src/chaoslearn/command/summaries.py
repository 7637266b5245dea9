"""What is in a file of a series, of nets or of measures, in a few lines: one function a kind."""

from __future__ import annotations

import json

import numpy as np
import xarray as xr

from chaoslearn.command.text import WIDTH, aligned, between, number, sparkline
from chaoslearn.figures.ensemble import summarise
from chaoslearn.lyapunov.timescales import mean_period

PERIODS = 8
"""Of a series' slowest component, drawn from its beginning."""
STEPS = 10 * WIDTH
"""Of a free run, drawn from its beginning."""
MEMBERS = 8
"""Shown one by one."""


def series(dataset: xr.Dataset) -> list[str]:
    """Length and step; of each component its range and how it begins."""
    observed, held_out = dataset["observed"], int(dataset["split"].sum())
    step, unit = dataset.attrs["sampling_step"], dataset.attrs["time_unit"]
    shown = PERIODS * mean_period(observed.values)
    head = ["component", "low", "high", f"its first {min(shown, len(observed))} samples"]
    rows = [
        [
            str(name),
            number(float(values.min())),
            number(float(values.max())),
            sparkline(values[:shown]),
        ]
        for name, values in zip(observed["component"].values, observed.values.T, strict=True)
    ]
    training = len(observed) - held_out
    return [
        f"{training} samples to train on, {held_out} held out, every {_with_unit(step, unit)}",
        *aligned([head, *rows]),
    ]


def exponents(dataset: xr.Dataset) -> list[str]:
    """λ ± its standard error, the published ones, λ_max from data, and τ_pred."""
    rows = _from_equations(dataset) if "exponent" in dataset else []
    rate = _rate(dataset["largest_exponent"].attrs["units"])
    for method, refused in (("", "refused"), ("_kantz", "refused_kantz")):
        found = dataset[f"largest_exponent_from_data{method}"]
        told = f"{number(float(found))} {between(dataset[f'{found.name}_interval'])} {rate}"
        by = " (Kantz)" if method else ""
        rows.append([f"λ_max from data{by}", dataset.attrs[refused] or told])
    for name in ("predictability_time", "predictability_time_from_data"):
        told = f"{number(float(dataset[name]))} {between(dataset[f'{name}_interval'])} steps"
        rows.append(["τ_pred" + (" from data" if name.endswith("data") else ""), told])
    curve = dataset["log_divergence"].isel(embedding=-1)
    rows.append([f"ln distance, m = {int(curve['embedding'])}", sparkline(curve)])
    return aligned(rows)


def _from_equations(dataset: xr.Dataset) -> list[list[str]]:
    rate = _rate(dataset["exponent"].attrs["units"])
    rows = []
    for index in dataset["index"].values:
        found = dataset.sel(index=index)
        told = (
            f"{number(float(found['exponent']))} ± {number(float(found['exponent_error']))} {rate}"
        )
        if "reference" in dataset:
            told += f", published {number(float(found['reference']))}"
        rows.append([f"λ_{index}", told])
    return [*rows, ["D_KY", number(float(dataset["kaplan_yorke_dimension"]))]]


def training(dataset: xr.Dataset) -> list[str]:
    """Which cell under which forcing; of each member its loss, and whether it diverged."""
    attributes, cell = dataset.attrs, json.loads(dataset.attrs["wildcards"])["cell"]
    rows = [
        [
            str(int(member["member"])),
            number(float(member["loss"][0])),
            number(float(member["loss"][-1])),
            _diverged(member),
            sparkline(np.log(member["loss"])),
        ]
        for member in _first_members(dataset)
    ]
    head = ["member", "first loss", "last loss", "diverged", "ln loss, epoch by epoch"]
    return [
        f"{cell} under {attributes['forcing']}: windows of {attributes['window']} steps, "
        f"{attributes['latent']} latent units, {dataset.sizes['epoch']} epochs",
        *aligned([head, *rows]),
        *further_members(dataset),
        f"{int((dataset['diverged_at'] >= 0).sum())} of {dataset.sizes['member']} diverged",
    ]


def _diverged(member: xr.Dataset) -> str:
    """When the training of one member diverged."""
    return "no" if member["diverged_at"] < 0 else f"in epoch {int(member['diverged_at'])}"


def free_runs(dataset: xr.Dataset) -> list[str]:
    """Of each run where it stops being finite, and of its first component range and beginning."""
    rows = []
    for convention in dataset["convention"].values:
        for member in _first_members(dataset.sel(convention=convention)):
            run = member["generated"].values
            finite = np.isfinite(run).all(axis=1)
            first = run[finite, 0]
            rows.append(
                [
                    str(convention),
                    str(int(member["member"])),
                    _diverged(member),
                    "all" if finite.all() else f"{int(finite.argmin())} steps",
                    number(float(first.min())) if len(first) else "-",
                    number(float(first.max())) if len(first) else "-",
                    sparkline(run[:STEPS, 0]),
                ]
            )
    name = dataset["component"].values[0]
    drawn = min(STEPS, dataset.sizes["time"])
    head = ["convention", "member", "diverged", "finite", f"{name} low", "high"]
    head += [f"{name}, first {drawn} steps"]
    return [*aligned([head, *rows]), *further_members(dataset)]


def measures(dataset: xr.Dataset) -> list[str]:
    """By convention the medians over members beside their floors; then what has no convention."""
    lines = []
    for convention in dataset["convention"].values:
        scored = dataset.sel(convention=convention)
        rows = []
        for name in ("state_space_divergence", "spectrum_distance"):
            found = summarise(scored[name], scored["failed"])
            rows.append(
                [
                    name,
                    f"{number(found.median)} ± {number(found.deviation)}"
                    if dataset.sizes["member"] > 1
                    else number(found.median),
                    number(float(scored[f"{name}_floor"])),
                    f"{found.failed} of {dataset.sizes['member']}",
                ]
            )
        head = [f"{convention} convention", "median ± deviation", "floor", "failed"]
        lines += [*aligned([head, *rows]), *_failures(scored), ""]
    return [*lines, *aligned(_of_nets(dataset)), *further_members(dataset)]


def _failures(scored: xr.Dataset) -> list[str]:
    """Why members failed, in one line, if any did."""
    named = zip(scored["member"].values, scored["failure"].values, strict=True)
    reasons = [f"member {member} {reason}" for member, reason in named if reason]
    return [f"failed: {', '.join(reasons)}"] if reasons else []


def _of_nets(dataset: xr.Dataset) -> list[list[str]]:
    """Member by member, in their order."""
    error, time = dataset["prediction_error"], dataset["valid_prediction_time"]
    rate = _rate(dataset["exponent"].attrs["units"])
    told = {f"squared error {ahead} steps ahead": error.sel(horizon=ahead) for ahead in (1, 5, 20)}
    told |= {
        f"valid time, {dataset.attrs['valid_prediction_time_unit']}": time,
        f"largest exponent, {rate}": dataset["exponent"].isel(index=0),
        "its relative error": dataset["largest_exponent_error"],
        "Kaplan-Yorke dimension": dataset["kaplan_yorke_dimension"],
    }
    rows = [["member", *map(str, dataset["member"].values[:MEMBERS])]]
    for name, values in told.items():
        rows.append([name, *map(number, values.values[:MEMBERS])])
    return rows


def _first_members(dataset: xr.Dataset) -> list[xr.Dataset]:
    return [dataset.isel(member=place) for place in range(dataset.sizes["member"])[:MEMBERS]]


def further_members(dataset: xr.Dataset) -> list[str]:
    """A line on those beyond the first ``MEMBERS``, if there are any."""
    left = dataset.sizes["member"] - MEMBERS
    return [f"and {left} further members"] if left > 0 else []


def _with_unit(value: float, unit: str) -> str:
    return f"{value:g}" if unit == "1" else f"{value:g} {unit}"


def _rate(units: str) -> str:
    return "per unit of time" if units == "1" else units
