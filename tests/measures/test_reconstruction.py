"""Both measures at once, failures as values, and floors."""

import math

import numpy as np
import pytest

from chaoslearn.measures.floors import floor
from chaoslearn.measures.inputs import failure
from chaoslearn.measures.reconstruction import measure_reconstruction


def noise(seed: int, samples: int = 2000, components: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((samples, components))


def generator() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("convention", ["published", "standard"])
@pytest.mark.parametrize("components", [2, 10])
def test_a_system_against_itself_is_at_the_bottom(convention, components) -> None:
    true = noise(1, components=components)
    scored = measure_reconstruction(true, true, convention, generator())
    assert scored.state_space_divergence == pytest.approx(0.0, abs=1e-12)
    assert scored.fraction_outside == 0.0
    assert scored.failure == ""


def test_failures_have_names() -> None:
    true = noise(2)
    decayed = true * np.exp(-np.arange(len(true)))[:, None]
    diverged = np.where(np.arange(len(true))[:, None] == 1999, np.inf, true)
    assert failure(true, true) == ""
    assert failure(true, decayed) == "constant"
    assert failure(true, 1e-8 * noise(3)) == "constant"  # round-off at a fixed point near zero
    assert failure(true, 1e-4 * noise(3)) == ""  # it moves, if little
    assert failure(true, true + 100) == "outside"
    leaves = np.where(np.arange(len(true))[:, None] < 1000, true, true + 100)
    assert failure(true, leaves) == "outside"
    assert failure(true, leaves[::-1]) == ""  # it comes in from outside, and stays
    assert failure(true, true * 1e11) == "diverged"
    assert failure(true, diverged) == "diverged"


@pytest.mark.parametrize("convention", ["published", "standard"])
def test_a_diverged_run_has_no_value_and_says_why(convention) -> None:
    true = noise(3)
    scored = measure_reconstruction(true, np.full_like(true, np.nan), convention, generator())
    assert math.isnan(scored.state_space_divergence)
    assert math.isnan(scored.spectrum_distance)
    assert scored.failure == "diverged"


def test_floor_lies_between_equal_and_different() -> None:
    true = noise(4)
    lowest = floor(true, noise(5), "standard", generator())
    worse = measure_reconstruction(true, 0.3 * noise(6), "standard", generator())
    assert 0 < lowest.state_space_divergence < worse.state_space_divergence


def test_a_system_that_stands_still_has_no_floor_and_says_why() -> None:
    lowest = floor(noise(7), np.zeros((2000, 2)), "standard", generator())
    assert lowest.failure == "constant"


def test_published_floors_of_the_released_lorenz_series(shared_folder) -> None:
    lorenz = np.load(shared_folder / "data/published/lorenz_data_chaos.npy")
    half = len(lorenz) // 2
    lowest = floor(lorenz[:half], lorenz[half:], "published", generator())
    assert lowest.state_space_divergence == pytest.approx(0.013, abs=5e-4)


def test_temperature_halves_score_as_badly_as_a_collapsed_model(shared_folder) -> None:
    path = shared_folder / "data/published/tde_temperature_MoreSmoothedNoYearShort.npy"
    temperature = np.load(path)
    half = len(temperature) // 2
    lowest = floor(temperature[half:], temperature[:half], "published", generator())
    assert lowest.state_space_divergence == pytest.approx(13.6, abs=0.1)


def test_only_the_length_asked_for_is_compared() -> None:
    true, run = noise(8), noise(9)
    whole = measure_reconstruction(true[:500], run[:500], "standard", generator())
    assert measure_reconstruction(true, run, "standard", generator(), length=500) == whole


def test_a_run_that_diverges_beyond_the_length_compared_has_failed() -> None:
    run = noise(10)
    run[1500] = np.inf
    scored = measure_reconstruction(noise(11), run, "standard", generator(), length=500)
    assert scored.failure == "diverged"
    assert math.isnan(scored.state_space_divergence)
