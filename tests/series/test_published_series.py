"""The published series are what is said of them, and ours with their parameters are alike."""

from pathlib import Path

import numpy as np
import pytest

from chaoslearn import systems
from chaoslearn.config_series import PublishedSeries
from chaoslearn.records import released
from chaoslearn.records.observing import observe
from chaoslearn.series.from_file import read_series
from chaoslearn.series.integrate import integrate
from chaoslearn.series.observe import standardise
from chaoslearn.systems.system import System

# Weights of the central difference of order 8.
STENCIL = np.array([1 / 280, -4 / 105, 1 / 5, -4 / 5, 0, 4 / 5, -1 / 5, 4 / 105, -1 / 280])


def published(folder: Path, name: str, step: float) -> np.ndarray:
    return read_series(str(folder / "data" / "published" / name), step=step).series


def residual(system: System, states: np.ndarray, step: float) -> float:
    """How far the series `(time, component)` is from obeying the system, relative to its rates."""
    rates = sum(
        weight * states[index : len(states) - 8 + index]
        for index, weight in enumerate(STENCIL)
    ) / step  # fmt: skip
    gap = rates - system.rate(0.0, states[4:-4].T).T
    return float(gap.std() / rates.std())


def test_published_lorenz_obeys_rho_38_and_not_28(shared_folder: Path) -> None:
    series = published(shared_folder, "lorenz_data_chaos.npy", 0.01)
    states = 18.81490 * series[:20_000] + 11.23823
    assert residual(systems.load("lorenz63_published"), states, 0.01) < 1e-5
    assert residual(systems.load("lorenz63"), states, 0.01) > 0.1


def test_published_duffing_obeys_our_equations(shared_folder: Path) -> None:
    series = published(shared_folder, "duffing_data_chaos.npy", 0.1773)
    phase = 1.4 * 0.1773 * np.arange(len(series))
    np.testing.assert_allclose(series[:, 2], np.cos(phase), atol=1e-8)
    states = np.column_stack([series[:, :2], phase])[:20_000]
    assert residual(systems.load("duffing"), states, 0.1773) < 1e-3


def test_published_roessler_obeys_our_equations(shared_folder: Path) -> None:
    series = published(shared_folder, "Roessler_chaos_rosenstein.npy", 0.1)
    states = 6.823 * series[:20_000] + 0.0465
    assert residual(systems.load("roessler_published"), states, 0.1) < 0.01
    assert residual(systems.load("roessler"), states, 0.1) > 0.1


def test_our_lorenz_series_has_the_published_statistics() -> None:
    """Over 600 time units the mean is known to about 0.2, the std to 0.1."""
    states = integrate(
        systems.load("lorenz63_published"), step=0.02, samples=30_000, transient=20.0, seed=1,
        relative_tolerance=1e-7, absolute_tolerance=1e-7,
    )  # fmt: skip
    series, mean, scale = standardise(states, "scalar")
    assert mean[0] == pytest.approx(11.238, abs=0.6)
    assert scale[0] == pytest.approx(18.815, abs=0.3)
    np.testing.assert_allclose(series.mean(axis=0), [-0.593, -0.593, 1.186], atol=0.006)
    np.testing.assert_allclose(series.std(axis=0), [0.503, 0.588, 0.540], atol=0.012)


def test_the_published_lorenz_series_has_them_too(shared_folder: Path) -> None:
    series = published(shared_folder, "lorenz_data_chaos.npy", 0.01)
    assert series.shape == (100_000, 3)
    assert series.mean() == pytest.approx(0.0, abs=1e-9)
    assert series.std() == pytest.approx(1.0, abs=1e-5)
    np.testing.assert_allclose(series.mean(axis=0), [-0.593, -0.593, 1.186], atol=5e-4)
    np.testing.assert_allclose(series.std(axis=0), [0.5027, 0.5881, 0.5405], atol=1e-4)


def test_every_released_file_is_taken_from_the_cache_folder(
    shared_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAOSLEARN_CACHE", str(shared_folder / "data" / "published"))
    sizes = {
        "lorenz": (100_000, 3), "roessler": (100_000, 3), "duffing": (100_000, 3),
        "eeg": (9259, 10), "temperature": (5900, 5),
    }  # fmt: skip
    for name, (samples, components) in sizes.items():
        settings = PublishedSeries(kind="published", name=name).model_dump() | {"seed": 1}
        dataset = observe("released", released.record(settings), settings)
        assert dataset["observed"].shape == (samples, components)
        assert int(dataset["split"].sum()) == samples // 2
        assert dataset.attrs["standardised"] == "none"
        np.testing.assert_array_equal(dataset["scale"], 1.0)


@pytest.mark.parametrize(("name", "lag"), [("eeg", 50), ("temperature", 500)])
def test_measured_series_are_delay_vectors_with_the_lag_of_their_names(
    shared_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, lag: int
) -> None:
    monkeypatch.setenv("CHAOSLEARN_CACHE", str(shared_folder / "data" / "published"))
    recording = released.record(PublishedSeries(kind="published", name=name).model_dump())
    assert recording.components[1] == f"{name}(t-{lag})"
    np.testing.assert_array_equal(recording.values[lag:, 1:], recording.values[:-lag, :-1])


def test_the_published_series_in_two_dimensions_is_y_and_z(
    shared_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAOSLEARN_CACHE", str(shared_folder / "data" / "published"))
    chosen = PublishedSeries(kind="published", name="lorenz", components=["y", "z"])
    settings = chosen.model_dump() | {"seed": 1}
    flat = observe("released", released.record(settings), settings)["observed"]
    whole = published(shared_folder, "lorenz_data_chaos.npy", 0.01)
    np.testing.assert_array_equal(flat, whole[:, 1:])
