"""Delay vectors, mutual information and false neighbours against what is known exactly."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as some

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.series.automatic_embedding import (
    automatic_dimension,
    automatic_lag,
    decorrelation_lag,
    false_neighbour_fraction,
    first_minimum_of_mutual_information,
    mutual_information,
)
from chaoslearn.series.embedding import UndeterminedError, embed
from chaoslearn.series.integrate import integrate


def observed(name: str, step: float, samples: int) -> np.ndarray:
    return integrate(systems.load(name), step=step, samples=samples, transient=100, seed=1)[:, 0]


@given(some.integers(1, 5), some.integers(1, 7))
def test_columns_are_the_past(dimension: int, lag: int) -> None:
    vectors = embed(np.arange(40.0), dimension, lag)
    first = (dimension - 1) * lag
    assert vectors.shape == (40 - first, dimension)
    for column in range(dimension):
        np.testing.assert_array_equal(vectors[:, column], np.arange(first, 40.0) - column * lag)


def test_mutual_information_of_gaussians_has_its_closed_form() -> None:
    """−ln(1 − ρ²)/2 for correlation ρ; an AR(1) of coefficient a has ρ = a^lag."""
    generator = np.random.default_rng(0)
    series = np.zeros(60_000)
    for index, push in enumerate(generator.standard_normal(59_999)):
        series[index + 1] = 0.9 * series[index] + push
    for lag in (1, 3, 6):
        exact = -0.5 * math.log(1 - 0.9 ** (2 * lag))
        # Bins lose a little information and the finite sample adds 31²/(2·60000) = 0.008.
        assert mutual_information(series, lag) == pytest.approx(exact, abs=0.04)


def test_independent_samples_share_only_the_bias() -> None:
    series = np.random.default_rng(1).uniform(size=50_000)
    assert mutual_information(series, 1) == pytest.approx(31**2 / 100_000, rel=0.15)


@given(some.sampled_from([np.exp, np.arctan, lambda x: 3 * x - 8, lambda x: x**3]))
def test_only_the_order_of_the_values_matters(change) -> None:
    series = np.random.default_rng(2).standard_normal(2000).cumsum() / 30
    assert mutual_information(change(series), 5) == mutual_information(series, 5)


def test_a_sine_decorrelates_at_its_known_lag() -> None:
    """The autocorrelation is cos(ω lag): below 1/e from arccos(1/e)/ω = 59.7 on."""
    series = np.sin(0.02 * np.arange(200_000))
    assert decorrelation_lag(series, 500) == math.ceil(math.acos(1 / math.e) / 0.02)


def test_lags_of_known_systems() -> None:
    lorenz = observed("lorenz63", 0.01, 20_000)
    assert 14 <= (first_minimum_of_mutual_information(lorenz, 200) or 0) <= 20
    assert 14 <= automatic_lag(lorenz) <= 20
    assert automatic_lag(observed("henon", 1, 5000)) == 1
    assert automatic_lag(np.random.default_rng(0).standard_normal(5000)) == 1


@pytest.mark.parametrize(
    ("name", "step", "dimension"),
    [("lorenz63", 0.01, 3), ("roessler_published", 0.1, 3), ("duffing", 0.1773, 4),
     ("henon", 1, 2), ("logistic", 1, 1), ("mackey_glass", 1.0, 3)],
)  # fmt: skip
def test_dimensions_of_known_systems(name: str, step: float, dimension: int) -> None:
    series = observed(name, step, 8000)
    lag = automatic_lag(series)
    assert automatic_dimension(series, lag, theiler_window=10 * lag) == dimension


def test_rounded_data_keep_their_dimension() -> None:
    """Nearly all neighbours of 256 levels are copies in one dimension, and false all the same."""
    lorenz = observed("lorenz63", 0.02, 10_000)
    levels = np.round((lorenz - lorenz.min()) / np.ptp(lorenz) * 255)
    lag = automatic_lag(lorenz)
    assert automatic_dimension(levels, lag, theiler_window=10 * lag) == 3
    assert false_neighbour_fraction(levels, 1, lag, 10 * lag) > 0.5
    henon = np.round(observed("henon", 1, 10_000), 2)
    assert automatic_dimension(henon, 1, theiler_window=10) == 2


def test_noise_unfolds_in_no_dimension() -> None:
    noise = np.random.default_rng(3).standard_normal(4000)
    fractions = [false_neighbour_fraction(noise, dimension, 1, 5) for dimension in (1, 3, 6)]
    assert fractions[0] > 0.9
    assert min(fractions) > 0.1


@given(some.floats(0.01, 100), some.floats(-10, 10))
def test_units_do_not_matter_to_false_neighbours(scale: float, offset: float) -> None:
    series = np.sin(np.arange(300.0) ** 1.1)
    assert false_neighbour_fraction(scale * series + offset, 2, 3, 5) == pytest.approx(
        false_neighbour_fraction(series, 2, 3, 5), abs=0.011
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: embed(np.arange(10.0), 4, 4), "spans 13 samples, but the series has 10"),
        (lambda: embed(np.arange(10.0), 0, 4), "dimension 0 and lag 4"),
        (lambda: automatic_lag(np.ones(100)), "constant"),
        (lambda: automatic_lag(np.arange(100.0)), "neither mutual information"),
        (lambda: false_neighbour_fraction(np.ones(100), 2, 1, 5), "constant"),
        (lambda: false_neighbour_fraction(np.tile([0.0, 1.0, 2.0], 40), 1, 1, 2), "repeats itself"),
        (lambda: false_neighbour_fraction(np.sin(np.arange(50.0)), 1, 1, 60), "too short"),
    ],
)
def test_series_without_an_embedding_are_refused(call, message: str) -> None:
    with pytest.raises(InputError, match=message) as said:
        call()
    sound = "constant" not in message and "dimension 0" not in message
    assert isinstance(said.value, UndeterminedError) == sound
