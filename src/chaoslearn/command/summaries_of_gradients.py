"""What is in a file of gradients, in a few lines: one function a kind."""

from __future__ import annotations

import numpy as np
import xarray as xr

from chaoslearn.command.summaries import MEMBERS, further_members
from chaoslearn.command.text import aligned, between, number, sparkline


def gradients(dataset: xr.Dataset) -> list[str]:
    """The growth rate of each norm beside the largest exponent of the net."""
    rows = [["λ_max of the net", _estimate(dataset, "largest_exponent"), "", ""]]
    for norm in dataset["norm"].values:
        grown = dataset.sel(norm=norm)
        interval, curve = between(grown["growth_rate_interval"]), dataset[norm].mean("start")
        rows.append([str(norm), _estimate(grown, "growth_rate"), interval, sparkline(curve)])
    head = ["", "rate per step ± error", "95 % interval", "mean ln norm against T"]
    found = f"regime: {dataset.attrs['regime']}"
    if dataset.attrs["period"]:
        found += f" of period {dataset.attrs['period']}"
    return [str(dataset.attrs["traced"]), found, *aligned([head, *rows])]


def growth(dataset: xr.Dataset) -> list[str]:
    """Member by member the growth rate of the Jacobian's norm beside the largest exponent."""
    names = ("growth_rate", "largest_exponent")
    rows = [["member", "growth rate ± error", "λ_max ± error, per step"]]
    for place in range(min(dataset.sizes["member"], MEMBERS)):
        member = dataset.isel(member=place)
        rows.append([str(int(member["member"])), *(_estimate(member, name) for name in names)])
    return [*aligned(rows), *further_members(dataset)]


def growth_table(dataset: xr.Dataset) -> list[str]:
    """The line of growth rate against exponent, through all nets and through the chaotic ones."""
    rows = [["nets", "number", "slope", "intercept per step"]]
    known = np.isfinite(dataset["growth_rate"]) & np.isfinite(dataset["largest_exponent"])
    chosen = {"all": known, "chaotic": known & dataset["chaotic"].astype(bool)}
    for subset in dataset["subset"].values:
        line = dataset.sel(subset=subset)
        told = [
            f"{number(float(line[name]))} {between(line[f'{name}_interval'])}"
            for name in ("slope", "intercept")
        ]
        rows.append([str(subset), str(int(chosen[str(subset)].sum())), *told])
    return aligned(rows)


def theorems(dataset: xr.Dataset) -> list[str]:
    """Net by net in which regime it is, and whether the theorem of that regime holds."""
    norms = [str(name) for name in dataset["quantity"].values]
    rows = [["regime", "cell", "origin", "found to be", "λ_max ± error, per step", *norms]]
    for place in range(dataset.sizes["net"]):
        net = dataset.isel(net=place)
        names = [str(net[name].values) for name in ("regime", "cell", "origin", "regime_found")]
        verdicts = [str(verdict) for verdict in net["verdict"].values]
        rows.append([*names, _estimate(net, "largest_exponent"), *verdicts])
    return aligned(rows)


def course(dataset: xr.Dataset) -> list[str]:
    """Snapshot by snapshot the exponents of the nets and the norm of their Jacobians' product."""
    rows = [["epochs", "members", "λ_max per step", f"ln norm, T = {dataset.attrs['steps']}"]]
    for place, epochs in enumerate(dataset["snapshot"].values):
        snapshot = dataset.isel(snapshot=place)
        norms = snapshot["jacobian_norm"].mean("start")
        measured = int(snapshot["largest_exponent"].notnull().sum())
        told = [f"{measured} of {dataset.sizes['member']}"]
        told += map(_median, (snapshot["largest_exponent"], norms))
        rows.append([str(int(epochs)), *told])
    return [
        *aligned(rows),
        "medians over the members whose training has not diverged and whose orbits do not escape",
    ]


def forced(dataset: xr.Dataset) -> list[str]:
    """Member by member the growth of gradients against the interval, at each quantile."""
    longest = int(dataset["interval"][-1])
    rows = [["member", "quantile", f"ln factor at {longest} steps", "against the interval"]]
    for place in range(min(dataset.sizes["member"], MEMBERS)):
        member = dataset.isel(member=place)
        for quantile in dataset["quantile"].values:
            curve = member["largest_factor"].sel(quantile=quantile)
            told = [
                str(int(member["member"])),
                f"{quantile:g}",
                number(float(curve[-1])),
                sparkline(curve),
            ]
            rows.append(told)
    return [*aligned(rows), *further_members(dataset)]


def _estimate(dataset: xr.Dataset, name: str) -> str:
    return f"{number(float(dataset[name]))} ± {number(float(dataset[f'{name}_error']))}"


def _median(values: xr.DataArray) -> str:
    known = values.values[np.isfinite(values.values)]
    return number(float(np.median(known))) if len(known) else number(np.nan)
