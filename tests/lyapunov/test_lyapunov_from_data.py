import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.lyapunov.from_data import ExponentFromData, largest_exponent_from_series
from chaoslearn.lyapunov.timescales import mean_period
from chaoslearn.series.integrate import integrate
from chaoslearn.series.observe import add_noise
from chaoslearn.systems.system import Array


def series_of(name: str, step: float, samples: int, transient: float, seed: int = 3) -> Array:
    system = systems.load(name)
    states = integrate(
        system,
        step=step,
        samples=samples,
        transient=transient,
        relative_tolerance=1e-6,  # as good as any for statistics, and twice as fast
        seed=seed,
    )
    return system.observed(states.T).T


@pytest.fixture(scope="module")
def henon() -> Array:
    return series_of("henon", 1, 20_000, 100)


@pytest.fixture(scope="module")
def lorenz() -> Array:
    return series_of("lorenz63", 0.01, 100_000, 20)


def holds(estimate: ExponentFromData, exponent: float) -> bool:
    return bool(estimate.interval[0] <= exponent <= estimate.interval[1])


@pytest.mark.parametrize("method", ["rosenstein", "kantz"])
@pytest.mark.parametrize("averaging", ["fixed distance", "fixed time"])
def test_henon(henon: Array, method: str, averaging: str) -> None:
    estimate = largest_exponent_from_series(henon[:, 0], 1.0, method=method, averaging=averaging)
    assert estimate.largest_exponent == pytest.approx(0.41922, rel=0.15)
    assert holds(estimate, 0.41922)


def test_lorenz_observed_whole_or_in_part(lorenz: Array) -> None:
    for observed in (lorenz, lorenz[:, 0], lorenz[:, 1:]):
        estimate = largest_exponent_from_series(observed, 0.01)
        assert estimate.largest_exponent == pytest.approx(0.9056, rel=0.15)
        assert holds(estimate, 0.9056)


def test_lorenz_with_one_per_cent_noise(lorenz: Array) -> None:
    noisy = add_noise(lorenz[:, :1], 1.0, np.random.default_rng(1))
    estimate = largest_exponent_from_series(noisy, 0.01)
    assert estimate.largest_exponent == pytest.approx(0.9056, rel=0.30)


def test_curves_and_fits_can_be_drawn(lorenz: Array) -> None:
    estimate = largest_exponent_from_series(lorenz[:20_000, 0], 0.01)
    embeddings = len(estimate.embedding_dimension)
    assert estimate.log_divergence.shape == (embeddings, len(estimate.lag_time))
    for curve, start, stop, slope in zip(
        estimate.log_divergence,
        estimate.fit_start,
        estimate.fit_stop,
        estimate.exponent_of_embedding,
        strict=True,
    ):
        ends = np.interp([start, stop], estimate.lag_time, curve)
        assert (ends[1] - ends[0]) / (stop - start) == pytest.approx(slope, rel=0.05)


def test_published_lorenz_series(shared_folder: Path) -> None:
    series = np.load(shared_folder / "data" / "published" / "lorenz_data_chaos.npy")
    estimate = largest_exponent_from_series(np.asarray(series, dtype=np.float64), 0.01)
    assert estimate.largest_exponent == pytest.approx(1.105, rel=0.15)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "step", "samples", "transient", "exponent", "relative"),
    [
        ("roessler", 0.1, 100_000, 200, 0.0714, 0.15),
        ("roessler_published", 0.1, 100_000, 200, 0.0888, 0.15),
        ("duffing", 0.1773, 100_000, 200, 0.128, 0.35),
        ("chua", 0.02, 50_000, 100, 0.434, 0.25),
    ],
)
def test_other_systems(
    name: str, step: float, samples: int, transient: float, exponent: float, relative: float
) -> None:
    series = series_of(name, step, samples, transient)
    estimate = largest_exponent_from_series(series[:, 0], step)
    assert estimate.largest_exponent == pytest.approx(exponent, rel=relative)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 3, 4])
def test_mackey_glass_is_told_by_the_interval(seed: int) -> None:
    """20 000 samples are a hundred Lyapunov times: single estimates scatter, and lie too high."""
    series = series_of("mackey_glass", 1.0, 20_000, 2000, seed)
    estimate = largest_exponent_from_series(series[:, 0], 1.0)
    assert holds(estimate, 0.0053)
    assert 0.0053 < estimate.largest_exponent < 2 * 0.0053


WHITE = np.random.default_rng(0).standard_normal(20_000)
SAMPLES = np.arange(20_000)


@pytest.mark.parametrize(
    "series",
    [
        pytest.param(WHITE, id="white noise"),
        pytest.param(WHITE.reshape(-1, 2), id="two channels of white noise"),
        pytest.param(np.convolve(WHITE, np.hanning(30), "same"), id="smooth noise"),
        pytest.param(np.sin(0.1234567 * SAMPLES), id="sine"),
        pytest.param(np.sin(2 * np.pi / 100 * SAMPLES), id="sine of a whole period"),
        pytest.param(np.sin(0.1234567 * SAMPLES) + 0.05 * WHITE, id="noisy sine"),
        pytest.param(
            np.sin(0.1234567 * SAMPLES) + np.sin(0.1745941 * SAMPLES), id="two frequencies"
        ),
    ],
)
def test_no_exponent_without_a_linear_range(series: Array) -> None:
    estimate = largest_exponent_from_series(series, 1.0)
    assert "no linear range" in estimate.refused
    assert np.isnan(estimate.largest_exponent)
    assert np.isnan(estimate.interval).all()


@settings(max_examples=5, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_scales_with_the_unit_of_time(henon: Array, unit: float) -> None:
    reference = largest_exponent_from_series(henon[:3000, 0], 1.0)
    scaled = largest_exponent_from_series(henon[:3000, 0], unit)
    assert scaled.largest_exponent * unit == pytest.approx(reference.largest_exponent)
    np.testing.assert_allclose(scaled.interval * unit, reference.interval)
    np.testing.assert_allclose(scaled.fit_stop / unit, reference.fit_stop)


@settings(max_examples=5, deadline=None)
@given(st.floats(1e-3, 1e3), st.floats(-100, 100))
def test_independent_of_the_unit_of_the_series(henon: Array, scale: float, shift: float) -> None:
    reference = largest_exponent_from_series(henon[:3000, 0], 1.0)
    changed = largest_exponent_from_series(scale * henon[:3000, 0] + shift, 1.0)
    assert changed.largest_exponent == pytest.approx(reference.largest_exponent, rel=0.02)


def test_mean_period_of_a_sine() -> None:
    series = np.sin(2 * np.pi / 100 * SAMPLES)[:, None]
    assert mean_period(series) == pytest.approx(100, abs=1)


CYCLE = np.tile([0.2, 0.9, 0.4, 0.7], 1000)
PERIOD = np.sin(2 * np.pi / 100 * SAMPLES)


@pytest.mark.parametrize(
    ("series", "options", "reason", "delay", "dimensions"),
    [
        (CYCLE, {}, "neighbour at a distance above 0 .* repeats itself", 1, [1]),
        (CYCLE, {"embedding_dimensions": (2, 3)}, "0 of .* points have a neighbour", 1, [2, 3]),
        # With few copies the cycle's other points are found: neighbours no nearer than any two.
        (CYCLE[:400], {"embedding_dimensions": (2,)}, "as far apart as random pairs", 1, [2]),
        (1.0 * SAMPLES[:100], {}, "neither mutual information nor autocorrelation", 0, [1]),
        (1.0 * SAMPLES[:500], {}, "500 .* fewer than 16, .* trend", 27, [1, 2, 3, 4]),
        (WHITE[:15], {}, "too short", 1, [1]),
        (WHITE[:2], {}, "falls within 0 samples", 0, [1]),
        (WHITE[:2000], {"embedding_dimensions": (50,), "delay": 100}, "spans 4901", 100, [50]),
        (
            PERIOD[:1250], {"embedding_dimensions": (2,), "delay": 20},
            r"1230 delay vectors are 12\.1 mean periods of 102 samples, fewer than 16", 20, [2],
        ),
    ],
)  # fmt: skip
def test_a_sound_series_that_shows_nothing_is_refused(
    series: Array, options: dict[str, object], reason: str, delay: int, dimensions: list[int]
) -> None:
    estimate = largest_exponent_from_series(series, 0.5, **options)
    assert re.search(reason, estimate.refused)
    assert np.isnan(estimate.largest_exponent)
    assert np.isnan(estimate.interval).all()
    assert estimate.delay == delay
    assert estimate.embedding_dimension.tolist() == dimensions
    assert estimate.log_divergence.shape == (len(dimensions), len(estimate.lag_time))
    assert np.isnan(estimate.log_divergence).all()
    assert estimate.lag_time[-1] == 0.5 * mean_period(series[:, None] / series.std())


@pytest.mark.parametrize(
    ("series", "options", "message"),
    [
        (np.ones(1000), {}, "constant"),
        (np.array([0.1, np.nan, 0.3] * 400), {}, "finite"),
        (WHITE[:2000], {"method": "wolf"}, "rosenstein, kantz"),
        (WHITE[:2000], {"averaging": "median"}, "fixed distance, fixed time"),
    ],
)
def test_bad_input_is_told(series: Array, options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        largest_exponent_from_series(series, 1.0, **options)


def test_step_has_to_be_positive() -> None:
    with pytest.raises(InputError, match="step"):
        largest_exponent_from_series(WHITE, 0.0)
