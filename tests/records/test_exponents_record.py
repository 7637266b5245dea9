"""The exponents file: when a series counts as chaotic, and what a refused one looks like."""

import math
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from chaoslearn import store, systems
from chaoslearn.lyapunov.from_data import largest_exponent_from_series
from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.lyapunov.spectrum import Spectrum
from chaoslearn.records.exponents import to_dataset
from chaoslearn.records.true_exponents import true_exponents

CYCLE = np.tile([0.2, 0.9, 0.4, 0.7], 250)
REFUSED = largest_exponent_from_series(CYCLE, 0.1)


def file_of(spectrum: Spectrum, unit: str = "1") -> xr.Dataset:
    return to_dataset(REFUSED, REFUSED, spectrum, None, step=0.1, unit=unit)


def spectrum_with(per_start: list[float], duration: float) -> Spectrum:
    return Spectrum(
        per_start=np.array(per_start)[:, None],
        convergence=np.full((1, 1), np.mean(per_start)),
        convergence_time=np.array([duration]),
    )


@pytest.mark.parametrize(
    ("mu", "duration", "sign"), [(1.0, 60.0, -1), (1.0, 69.4, 1), (5.0, 60.0, 1)]
)
def test_a_limit_cycle_is_foretold_for_ever(mu: float, duration: float, sign: int) -> None:
    """Its zero exponent comes out with either sign and hardly any spread over the starts."""
    system = systems.load("van_der_pol").with_parameters(mu=mu)
    spectrum = spectrum_of_system(system, starts=4, duration=duration, transient=50, seed=1)
    assert np.sign(spectrum.exponent[0]) == sign
    assert abs(spectrum.exponent[0]) > 3 * spectrum.exponent_error[0]
    dataset = file_of(spectrum)
    assert float(dataset["predictability_time"]) == math.inf
    assert dataset["predictability_time_interval"].values[1] == math.inf
    assert float(dataset["exponent_resolution"]) == spectrum.resolution >= 1 / duration


def test_a_torus_is_foretold_for_ever() -> None:
    spectrum = spectrum_of_system(
        systems.load("torus"), starts=4, duration=300, transient=300, seed=1
    )
    assert spectrum.exponent[0] > 0
    assert spectrum.resolution == pytest.approx(1 / 300, rel=1e-9)
    assert float(file_of(spectrum)["predictability_time"]) == math.inf


def test_lorenz_is_foretold_as_long_as_before() -> None:
    spectrum = spectrum_of_system(
        systems.load("lorenz63"), starts=32, duration=100, transient=20, seed=1
    )
    dataset = file_of(spectrum)
    exponent, error = spectrum.exponent[0], spectrum.exponent_error[0]
    assert float(dataset["predictability_time"]) == math.log(2) / (0.1 * exponent)
    assert float(dataset["predictability_time"]) == pytest.approx(7.65, rel=0.02)
    assert 0.01 <= spectrum.resolution < 0.02
    spread = 2 * error + spectrum.resolution
    np.testing.assert_allclose(
        dataset["predictability_time_interval"],
        math.log(2) / 0.1 / np.array([exponent + spread, exponent - spread]),
    )


@pytest.mark.parametrize(
    ("per_start", "duration", "chaotic"),
    [
        ([0.0026, 0.0026], 400.0, True),  # resolution 0.0025, no spread
        ([0.0024, 0.0024], 400.0, False),
        ([0.004, 0.006], 400.0, True),  # 0.005 against 0.0025 + 2 · 0.001
        ([0.002, 0.006], 400.0, False),  # 0.004 against 0.0025 + 2 · 0.002
        ([-0.9, -0.9], 400.0, False),
    ],
)
def test_chaos_is_what_stands_out_of_resolution_and_spread(
    per_start: list[float], duration: float, chaotic: bool
) -> None:
    dataset = file_of(spectrum_with(per_start, duration))
    assert np.isfinite(dataset["predictability_time"]) == chaotic
    assert np.isfinite(dataset["predictability_time_interval"].values[1]) == chaotic


def test_rates_have_the_inverse_unit_of_time() -> None:
    for unit, rate in (("s", "1/s"), ("1", "1")):
        dataset = file_of(spectrum_with([0.5, 0.6], 100.0), unit)
        assert store.per(unit) == rate
        for name in ("exponent", "exponent_resolution", "largest_exponent_from_data"):
            assert dataset[name].attrs["units"] == rate
        assert dataset["checkpoint"].attrs["units"] == unit


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        (CYCLE, "repeats itself"),
        (np.arange(100.0), "detrend the series"),
        (CYCLE[:9], "within 0 samples"),
    ],
)
def test_a_refused_series_has_a_file_with_nothing_but_the_reason(
    series: np.ndarray, reason: str, tmp_path: Path
) -> None:
    found = largest_exponent_from_series(series, 0.1)
    dataset = to_dataset(found, found, None, None, step=0.1, unit="s")
    store.write(dataset, tmp_path / "mine.nc", key="", settings={})
    written = store.read(tmp_path / "mine.nc")
    assert reason in written.attrs["refused"]
    for name in ("largest_exponent", "predictability_time", "exponent_of_embedding"):
        assert np.isnan(written[name]).all()
    assert written["log_divergence"].shape == (1, 200)
    assert np.isnan(written["log_divergence"]).all()
    assert written.attrs["delay_steps"] == found.delay


def test_what_a_file_knows_of_its_system() -> None:
    chaotic = true_exponents(file_of(spectrum_with([0.5, 0.6], 100.0)))
    assert chaotic.largest == pytest.approx(0.55)
    assert chaotic.spectrum == pytest.approx([0.55])
    cycle = true_exponents(file_of(spectrum_with([0.001, -0.001], 100.0)))
    assert math.isnan(cycle.largest)
    assert cycle.dimension == 1.0
    refused = true_exponents(to_dataset(REFUSED, REFUSED, None, None, step=0.1, unit="1"))
    assert np.isnan([refused.largest, *refused.spectrum, refused.dimension]).all()
