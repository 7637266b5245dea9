"""D_stsp by mixtures against the divergence of two Gaussians."""

import math

import numpy as np
import pytest

from chaoslearn.errors import InputError
from chaoslearn.measures.mixture import (
    divergence_mixture,
    divergence_mixture_published,
    divergence_mixture_standard,
)


def generator() -> np.random.Generator:
    return np.random.default_rng(2022)


def test_single_centres_give_the_divergence_of_two_gaussians() -> None:
    # KL of N(a, s² I) from N(b, s² I) is |a − b|² / (2 s²).
    a, b = np.zeros((2, 3)), np.full((2, 3), 0.5)
    measured = divergence_mixture(a, b, 0.1, 200_000, generator())
    assert measured == pytest.approx(0.75 / 0.2, rel=0.01)


def test_many_centres_tend_to_gaussians_of_the_summed_variance() -> None:
    # Centres N(0, 1) and N(m, 1), smoothed by s² = 1: two Gaussians of variance 2.
    draws = generator()
    true = draws.standard_normal((2000, 1))
    generated = 1.5 + draws.standard_normal((2000, 1))
    measured = divergence_mixture(true, generated, 1.0, 4000, draws)
    assert measured == pytest.approx(1.5**2 / 4, rel=0.1)


def test_density_agrees_with_a_plain_loop() -> None:
    draws = generator()
    true, generated = draws.standard_normal((6, 2)), draws.standard_normal((9, 2))
    measured = divergence_mixture(true, generated, 0.3, 5, np.random.default_rng(1))

    same = np.random.default_rng(1)
    chosen = true[same.integers(6, size=5)]
    points = chosen + math.sqrt(0.3) * same.standard_normal((5, 2))

    def density(point: np.ndarray, centres: np.ndarray) -> float:
        return sum(math.exp(-np.sum((point - c) ** 2) / 0.6) for c in centres) / len(centres)

    expected = np.mean([math.log(density(x, true) / density(x, generated)) for x in points])
    assert measured == pytest.approx(expected, rel=1e-10)


def test_equal_series_have_no_divergence() -> None:
    true = generator().standard_normal((300, 10))
    assert divergence_mixture_standard(true, true, 1.0, generator()) == 0.0
    assert divergence_mixture_published(true, true, generator()) == 0.0


def test_standard_does_not_depend_on_units() -> None:
    draws = generator()
    true, generated = draws.standard_normal((500, 6)), draws.standard_normal((500, 6))
    units = np.array([1e-3, 1.0, 50.0, 2.0, 7.0, 1e4])
    expected = divergence_mixture_standard(true, generated, 0.1, generator())
    measured = divergence_mixture_standard(
        units * true + 3, units * generated + 3, 0.1, generator()
    )
    assert measured == pytest.approx(expected, rel=1e-6)


def test_published_samples_from_the_generated_side() -> None:
    # A generated point inside a wide truth: KL(generated ‖ true) is finite and small,
    # KL(true ‖ generated) is large. The published one is the former.
    true = np.array([[-3.0], [0.0], [3.0]])
    generated = np.zeros((3, 1))
    assert divergence_mixture_published(true, generated, generator()) == pytest.approx(
        math.log(3), abs=1e-6
    )


def test_failed_runs_and_bad_arguments_are_explicit() -> None:
    true = generator().standard_normal((50, 6))
    diverged = np.where(np.arange(50)[:, None] == 49, np.nan, true)
    assert math.isnan(divergence_mixture_standard(true, diverged, 1.0, generator()))
    assert math.isnan(divergence_mixture_published(true, diverged, generator()))
    with pytest.raises(InputError, match="positive"):
        divergence_mixture(true, true, 0.0, 10, generator())
    with pytest.raises(InputError, match="constant"):
        divergence_mixture_standard(np.zeros((5, 6)), true[:5], 1.0, generator())


def test_far_from_the_truth_nothing_cancels() -> None:
    """KL of N(a, s² I) from N(b, s² I) is |a − b|² / (2 s²), however far b is."""
    near, far = np.zeros((2, 3)), np.full((2, 3), 1e8)
    measured = divergence_mixture(near, far, 1.0, 1000, generator())
    assert measured == pytest.approx(3e16 / 2, rel=1e-6)
