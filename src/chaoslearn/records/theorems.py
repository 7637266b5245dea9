"""The table ``tables/theorems.nc`` and ``.csv``: a verdict on every net and norm."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xarray as xr

from chaoslearn.gradients.verdicts import Exponent, judge
from chaoslearn.store import variable

MEANING = {
    "regime": "regime the net should be in",
    "cell": "cell of the net",
    "origin": "constructed or trained",
    "series": "series it was trained on, or empty",
    "forcing": "forcing it was trained with, or empty",
    "member": "number of the member that was traced, -1 if none survived",
    "regime_found": "regime the net is in, by its exponents and how its orbit comes back",
    "period": "steps after which its orbit comes back, 0 if it does not",
    "largest_exponent": "largest Lyapunov exponent by QR on orbits of their own, per step",
    "largest_exponent_error": "its standard error over orbits, per step",
    "largest_exponent_resolution": "up to this it is as good as zero, per step",
    "rate": "slope of the norm's logarithm against T, per step",
    "rate_error": "its standard error over starts, per step",
    "polynomial_exponent": "p of the power T^p fitted to the norm",
    "epsilon": "smallest e with (1 - e)^(T - 1) <= norm <= (1 + e)^(T - 1) at the last T",
    "theorem": "theorem of the regime found, or empty",
    "verdict": "whether the theorem holds, does not hold or is undecided",
    "reason": "the numbers that decided, in words",
}
# What the csv begins with, in this order.
FIRST = [
    "regime",
    "cell",
    "origin",
    "quantity",
    "rate",
    "rate_error",
    "largest_exponent",
    "verdict",
]


@dataclass(frozen=True)
class Net:
    """A gradients file and what its net should be: its regime, and whether it was constructed."""

    dataset: xr.Dataset
    regime: str
    origin: str

    @classmethod
    def constructed(cls, dataset: xr.Dataset) -> Net:
        """One of the files ``constructed/{regime}/{cell}.nc``."""
        return cls(dataset, json.loads(dataset.attrs["wildcards"])["regime"], "constructed")

    @classmethod
    def trained(cls, dataset: xr.Dataset, regimes: Mapping[str, str]) -> Net:
        """One trained on a series; ``regimes`` says by series what it should have become."""
        series = json.loads(dataset.attrs["wildcards"])["series"]
        return cls(dataset, regimes[series], "trained")

    def row(self) -> dict[str, Any]:
        """What the table says of the net itself."""
        dataset, names = self.dataset, json.loads(self.dataset.attrs["wildcards"])
        return {
            "regime": self.regime,
            "cell": names["cell"],
            "origin": self.origin,
            "series": names.get("series", ""),
            "forcing": names.get("forcing", ""),
            "member": dataset.attrs["member"],
            "regime_found": dataset.attrs["regime"],
            "period": dataset.attrs["period"],
            "largest_exponent": float(dataset["largest_exponent"]),
            "largest_exponent_error": float(dataset["largest_exponent_error"]),
            "largest_exponent_resolution": float(dataset["largest_exponent_resolution"]),
        }

    def judged(self, quantity: str) -> dict[str, Any]:
        """What the table says of one of its norms."""
        row, norm = self.row(), self.dataset[quantity]
        exponent = Exponent(
            row["largest_exponent"],
            row["largest_exponent_error"],
            row["largest_exponent_resolution"],
        )
        steps = self.dataset[norm.dims[1]].values
        verdict = judge(row["regime_found"], quantity, steps, norm.values, exponent, row["period"])
        reason = verdict.reason if row["member"] >= 0 else self.dataset.attrs["traced"]
        return {
            "rate": verdict.growth.rate,
            "rate_error": verdict.growth.error,
            "polynomial_exponent": verdict.polynomial_exponent,
            "epsilon": verdict.epsilon,
            "theorem": verdict.theorem,
            "verdict": verdict.verdict,
            "reason": reason,
        }


def table(nets: Sequence[Net]) -> xr.Dataset:
    """Judge every net by the theorem of the regime it was found in, along ``net``."""
    quantities = [str(name) for name in nets[0].dataset["norm"].values]
    rows = [net.row() for net in nets]
    judged = [[net.judged(quantity) for quantity in quantities] for net in nets]
    variables = {
        name: variable("net", [row[name] for row in rows], MEANING[name]) for name in rows[0]
    }
    variables |= {
        name: variable(
            ("net", "quantity"), [[norm[name] for norm in row] for row in judged], MEANING[name]
        )
        for name in judged[0][0]
    }
    return xr.Dataset(variables, {"quantity": variable("quantity", quantities, "norm that grows")})


def flat(table: xr.Dataset) -> pd.DataFrame:
    """One row for each net and norm."""
    frame = table.to_dataframe().reset_index()
    return frame[[*FIRST, *(name for name in MEANING if name not in FIRST)]]
