"""A results folder of linear nets, whose numbers are known in closed form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.lyapunov.spectrum import Spectrum
from chaoslearn.records import (
    course,
    estimated,
    exponents,
    forced,
    free_runs,
    gradients,
    growth,
    growth_table,
    series,
    tables,
    theorems,
    training,
)
from chaoslearn.records.measures import Extent, measure
from chaoslearn.records.true_exponents import TrueExponents
from chaoslearn.systems import Reference
from chaoslearn.training.trained import Trained

SAMPLES = 1200
RATES = (0.5, 0.25, 2.0)
"""Members z ← rate · z; the last one escapes, and is said to have diverged in epoch 7."""
PLRNN = cells.load("plrnn")
PLACE = "decay/plrnn/sparse-5.nc"


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of each kind, of series ``decay``."""
    folder = tmp_path_factory.mktemp("command") / "results"
    observed, nets = a_series(), trained_nets()
    ran = a_free_run(nets, observed)
    measured = measures_of(nets, ran)
    files = {
        "series/decay.nc": observed,
        "exponents/decay.nc": some_exponents(),
        f"training/{PLACE}": nets,
        f"free_runs/{PLACE}": ran,
        f"measures/{PLACE}": measured,
        f"gradients/{PLACE}": gradients_of(nets),
        f"courses/{PLACE}": course.follow(PLRNN, nets, observed_series(), starts=3, steps=20),
        f"forced/{PLACE}": forced_of(nets),
        f"growth/{PLACE}": growth_of(nets),
    }
    names = {"series": "decay", "cell": "plrnn", "forcing": "sparse-5"}
    for place, dataset in files.items():
        store.write(
            dataset, folder / place, key=f"key of {place}", settings={"seed": 1}, wildcards=names
        )
    made = {stage: store.read(folder / f"{stage}/{PLACE}") for stage in ("measures", "growth")}
    judged = theorems.Net.trained(
        store.read(folder / f"gradients/{PLACE}"), {"decay": "fixed-point"}
    )
    gathered = {
        "measures": tables.measures_table([made["measures"], of_another_net()]),
        "growth": growth_table.table([made["growth"], made["growth"]]),
        "theorems": theorems.table([judged]),
    }
    for name, table in gathered.items():
        store.write(table, folder / f"tables/{name}.nc", key="k", settings={})
    return folder


def a_series() -> xr.Dataset:
    return series.to_dataset(
        np.random.default_rng(0).standard_normal((SAMPLES, 2)),
        np.repeat([0, 1], SAMPLES // 2).astype(np.int8),
        0.5 * np.arange(SAMPLES),
        mean=np.zeros(2),
        scale=np.ones(2),
        components=("x", "y"),
        step=0.5,
        unit="s",
        origin={"file": "data/decay.csv"},
    )


def trained_nets() -> xr.Dataset:
    members = len(RATES)
    weights = {
        "diagonal": np.repeat(np.array(RATES)[:, None], 2, axis=1),
        "recurrent": np.zeros((members, 2, 2)),
        "bias": np.zeros((members, 2)),
        "readout": np.stack([np.eye(2)] * members),
    }
    loss = np.exp(-np.arange(8.0))[:, None] * [4.0, 1.0, np.nan]
    diverged_at = np.array([-1, -1, 7], np.int32)
    snapshots = {name: np.stack([weight, weight]) for name, weight in weights.items()}
    trained = Trained(weights, snapshots, loss, loss, diverged_at)
    dataset = training.to_dataset(trained, range(members), 2, snapshot_epochs=[0, 8])
    return dataset.assign_attrs(forcing="sparse-5", window=200)


def observed_series() -> series.ObservedSeries:
    return series.from_dataset(a_series())


def weights_of(nets: xr.Dataset) -> dict[str, np.ndarray]:
    return training.weights_of(nets, PLRNN)


def survived(nets: xr.Dataset) -> np.ndarray:
    return nets["diverged_at"].values < 0


def a_free_run(nets: xr.Dataset, observed: xr.Dataset) -> xr.Dataset:
    generated = free_runs.generate(
        PLRNN, weights_of(nets), observed_series(), steps=500, transient=3
    )
    return free_runs.to_dataset(generated, nets, observed, float("nan"))


def measures_of(nets: xr.Dataset, ran: xr.Dataset) -> xr.Dataset:
    dataset = measure(
        PLRNN, weights_of(nets), survived(nets), ran["generated"].values, observed_series(),
        TrueExponents(0.2, np.array([0.2]), np.nan),
        Extent(forecasts=4, horizon=3.0, exponent_steps=200), "s",
    )  # fmt: skip
    return dataset.assign_coords(member=nets["member"])


def forced_of(nets: xr.Dataset) -> xr.Dataset:
    dataset = forced.measure(PLRNN, weights_of(nets), survived(nets), observed_series(), segments=5)
    return dataset.assign_coords(member=nets["member"])


def growth_of(nets: xr.Dataset) -> xr.Dataset:
    dataset = growth.measure(
        PLRNN, weights_of(nets), survived(nets), observed_series(), starts=3, steps=40
    )
    return dataset.assign_coords(member=nets["member"])


def of_another_net() -> xr.Dataset:
    """Measures of one member that are better than those of the linear nets."""
    observed = a_series()
    nets = trained_nets().isel(member=[0])
    noise = np.random.default_rng(1).standard_normal((2, 1, 500, 2)).astype(np.float32)
    ran = free_runs.to_dataset(noise, nets, observed, 0.2)
    better = measures_of(nets, ran)
    return better.assign_attrs(
        wildcards='{"series": "decay", "cell": "rnn", "forcing": "sparse-10"}'
    )


def gradients_of(nets: xr.Dataset) -> xr.Dataset:
    return gradients.trace(
        PLRNN, weights_of(nets), nets["member"].values, survived(nets), observed_series(),
        gradients.Extent(starts=3, jacobian_steps=40, parameter_steps=20),
    )  # fmt: skip


def some_exponents() -> xr.Dataset:
    refused = estimated.from_data(np.tile([0.2, 0.9, 0.4, 0.7], 250), 0.5)
    spectrum = Spectrum(
        per_start=np.array([[0.9, 0.0], [1.1, 0.0]]),
        convergence=np.array([[1.0, 0.0]]),
        convergence_time=np.array([1000.0]),
    )
    reference = Reference((0.987, 0.0), None, "a book", 0.01)
    return exponents.to_dataset(*refused, spectrum, reference, step=0.5, unit="s")
