"""D_stsp by bins against histograms worked by hand, plain loops and the published floors."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chaoslearn.errors import InputError
from chaoslearn.measures.state_space import (
    PSEUDO_COUNT,
    divergence_bins_published,
    divergence_bins_standard,
    fraction_outside,
)


def series(seed: int, samples: int = 400, components: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((samples, components))


def divergence_of_counts(true_counts: list[int], generated_counts: list[int]) -> float:
    cells = len(true_counts)
    p = [(n + PSEUDO_COUNT) / (sum(true_counts) + PSEUDO_COUNT * cells) for n in true_counts]
    q = [
        (n + PSEUDO_COUNT) / (sum(generated_counts) + PSEUDO_COUNT * cells)
        for n in generated_counts
    ]
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


def counts_by_loop(points, low, high, bins, *, extra: bool, drop_first: bool) -> list[int]:
    components = points.shape[1]
    counts = dict.fromkeys(itertools.product(range(bins), repeat=components), 0)
    outside = 0
    for point in points:
        cell = tuple(
            int(bins * (point[k] - low[k]) / (high[k] - low[k])) for k in range(components)
        )
        scored = all((c > 0 or not drop_first) and c < bins for c in cell) and all(
            point[k] >= low[k] or drop_first for k in range(components)
        )
        if scored:
            counts[cell] += 1
        else:
            outside += 1
    return [*counts.values(), *([outside] if extra else [])]


def test_standard_of_two_points_by_hand() -> None:
    true = np.array([[0.0], [0.0], [1.0], [1.0]])
    generated = np.array([[0.0], [1.0], [1.0], [1.0]])
    divergence, outside = divergence_bins_standard(true, generated, bins=2)
    assert divergence == pytest.approx(divergence_of_counts([2, 2, 0], [1, 3, 0]), abs=1e-12)
    assert divergence == pytest.approx(0.5 * math.log(4 / 3), abs=1e-4)
    assert outside == 0.0


def test_standard_puts_outside_points_into_one_extra_bin() -> None:
    true = np.array([[0.0], [0.0], [1.0], [1.0]])
    generated = np.array([[0.0], [1.0], [9.0], [-9.0]])
    divergence, outside = divergence_bins_standard(true, generated, bins=2)
    assert divergence == pytest.approx(divergence_of_counts([2, 2, 0], [1, 1, 2]), abs=1e-12)
    assert outside == 0.5


@pytest.mark.parametrize("components", [1, 2, 3])
def test_standard_agrees_with_a_plain_loop(components: int) -> None:
    true, generated = series(1, components=components), 1.3 * series(2, components=components)
    margin = 0.1 * true.std(axis=0)
    low, high = true.min(axis=0) - margin, true.max(axis=0) + margin
    counts = [
        counts_by_loop(points, low, high, 7, extra=True, drop_first=False)
        for points in (true, generated)
    ]
    divergence, outside = divergence_bins_standard(true, generated, bins=7)
    assert divergence == pytest.approx(divergence_of_counts(*counts), rel=1e-10)
    assert outside == pytest.approx(counts[1][-1] / len(generated), abs=1e-12)


@pytest.mark.parametrize("components", [1, 2, 3])
def test_published_agrees_with_a_plain_loop(components: int) -> None:
    true, generated = 0.5 + series(3, components=components), series(4, components=components)
    half_width = 2 * true.std(axis=0, ddof=1)
    counts = [
        counts_by_loop(points, -half_width, half_width, 10, extra=False, drop_first=True)
        for points in (true, generated)
    ]
    expected = divergence_of_counts(*counts)
    assert divergence_bins_published(true, generated) == pytest.approx(expected, rel=1e-10)


def test_equal_series_have_no_divergence() -> None:
    true = series(5, components=3)
    assert divergence_bins_standard(true, true) == (pytest.approx(0.0, abs=1e-12), 0.0)
    assert divergence_bins_published(true, true) == pytest.approx(0.0, abs=1e-12)


def test_five_components_need_no_full_histogram() -> None:
    # 30^5 cells would take 0.2 GB an array. Every sample sits in a cell of its own.
    true = series(6, samples=1000, components=5)
    divergence, _ = divergence_bins_standard(true, -true)
    total = 1000 + PSEUDO_COUNT * (30**5 + 1)
    expected = 1000 / total * math.log((1 + PSEUDO_COUNT) / PSEUDO_COUNT)
    assert divergence == pytest.approx(expected, rel=1e-3)


def test_published_floor_of_the_published_lorenz_series(shared_folder) -> None:
    lorenz = np.load(shared_folder / "data/published/lorenz_data_chaos.npy")
    half = len(lorenz) // 2
    assert divergence_bins_published(lorenz[:half], lorenz[half:]) == pytest.approx(
        0.0131, abs=1e-4
    )
    box = 2 * lorenz.std(axis=0, ddof=1)
    scored = ((lorenz > -0.8 * box) & (lorenz < box)).all(axis=1).mean()
    assert scored == pytest.approx(0.32, abs=0.005)


def test_standard_floor_of_the_published_lorenz_series(shared_folder) -> None:
    lorenz = np.load(shared_folder / "data/published/lorenz_data_chaos.npy")
    half = len(lorenz) // 2
    divergence, outside = divergence_bins_standard(lorenz[:half], lorenz[half:])
    assert 0.04 < divergence < 0.10
    assert outside < 1e-3


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_order_in_time_does_not_matter(seed: int) -> None:
    true, generated = series(7), series(8)
    shuffled = np.random.default_rng(seed).permutation(generated)
    assert divergence_bins_standard(true, shuffled) == divergence_bins_standard(true, generated)
    assert divergence_bins_published(true, shuffled) == divergence_bins_published(true, generated)


@given(power=st.integers(-20, 20), offset=st.integers(-3, 3))
@settings(max_examples=20, deadline=None)
def test_standard_does_not_depend_on_units(power: int, offset: int) -> None:
    # Powers of two scale exactly, so that no sample changes its bin by round-off.
    true, generated = series(9), series(10)
    scale = 2.0**power
    expected, _ = divergence_bins_standard(true, generated)
    measured, _ = divergence_bins_standard(scale * true, scale * generated)
    assert measured == pytest.approx(expected, rel=1e-12)
    moved, _ = divergence_bins_standard(true + offset, generated + offset)
    assert moved == pytest.approx(expected, rel=0.05)


def test_failed_runs_are_explicit() -> None:
    true = series(11)
    diverged = true.copy()
    diverged[-1] = np.inf
    assert all(math.isnan(value) for value in divergence_bins_standard(true, diverged))
    assert math.isnan(divergence_bins_published(true, diverged))
    assert math.isnan(fraction_outside(true, diverged))
    divergence, outside = divergence_bins_standard(true, true + 100)
    assert math.isnan(divergence)
    assert outside == 1.0
    assert math.isnan(divergence_bins_published(true, true + 100))


def test_bad_input_says_what_to_do() -> None:
    with pytest.raises(InputError, match="components"):
        divergence_bins_standard(series(1, components=2), series(1, components=3))
    with pytest.raises(InputError, match=r"\(time, component\)"):
        divergence_bins_published(np.zeros(5), np.zeros(5))
    with pytest.raises(InputError, match="not finite"):
        divergence_bins_standard(np.full((5, 1), np.nan), np.zeros((5, 1)))
