from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.lyapunov.spectrum import Spectrum
from chaoslearn.systems.system import Array, System

SYMMETRIC = np.array([[-0.5, 0.2, 0.0], [0.2, -0.8, 0.1], [0.0, 0.1, -0.3]])


def linear_flow(matrix: Array) -> System:
    return System(
        name="linear_flow",
        kind="flow",
        components=("x", "y", "z"),
        equations=lambda _time, state: matrix @ state,
        jacobian=lambda _time, state: np.broadcast_to(
            matrix[..., None], (*matrix.shape, *state.shape[1:])
        ),
        parameters={},
        initial_state=(1.0, 1.0, 1.0),
        time_unit="1",
        citation="",
    )


def spectrum_of(name: str, *, starts: int, duration: float, transient: float) -> Spectrum:
    return spectrum_of_system(
        systems.load(name), starts=starts, duration=duration, transient=transient, seed=1
    )


def test_linear_flow_has_its_eigenvalues() -> None:
    spectrum = spectrum_of_system(
        linear_flow(SYMMETRIC), starts=2, duration=50, transient=100, seed=1
    )
    np.testing.assert_allclose(
        spectrum.exponent, np.linalg.eigvalsh(SYMMETRIC)[::-1], rtol=0, atol=1e-5
    )


@settings(max_examples=5, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_exponents_scale_with_the_unit_of_time(unit: float) -> None:
    spectrum = spectrum_of_system(
        linear_flow(SYMMETRIC / unit), starts=2, duration=20 * unit, transient=80 * unit, seed=1
    )
    expected = np.linalg.eigvalsh(SYMMETRIC)[::-1]
    np.testing.assert_allclose(spectrum.exponent * unit, expected, rtol=0, atol=1e-5)


def test_lorenz63() -> None:
    spectrum = spectrum_of("lorenz63", starts=128, duration=100, transient=20)
    assert spectrum.exponent[0] == pytest.approx(0.9056, rel=0.005)
    assert spectrum.exponent[1] == pytest.approx(0.0, abs=0.005)
    assert spectrum.exponent.sum() == pytest.approx(-(10 + 1 + 8 / 3), abs=1e-4)
    assert spectrum.exponent_error[0] < 0.003
    assert spectrum.kaplan_yorke_dimension == pytest.approx(2.062, abs=0.002)


def test_published_lorenz63() -> None:
    spectrum = spectrum_of("lorenz63_published", starts=64, duration=100, transient=20)
    assert spectrum.exponent[0] == pytest.approx(1.105, abs=0.015)
    assert spectrum.exponent[1] == pytest.approx(0.0, abs=0.005)
    assert spectrum.exponent.sum() == pytest.approx(-(10 + 1 + 8 / 3), abs=1e-4)


def test_finite_differences_stand_in_for_a_jacobian() -> None:
    lorenz = systems.load("lorenz63")
    with_jacobian, without = (
        spectrum_of_system(system, starts=4, duration=2, transient=1, seed=1).exponent
        for system in (lorenz, replace(lorenz, jacobian=None))
    )
    np.testing.assert_allclose(without, with_jacobian, atol=1e-5)


def test_limit_cycle_has_one_zero_exponent() -> None:
    spectrum = spectrum_of("van_der_pol", starts=8, duration=200, transient=50)
    assert spectrum.exponent[0] == pytest.approx(0.0, abs=0.005)
    assert spectrum.exponent[1] == pytest.approx(-1.059, abs=0.005)
    assert spectrum.kaplan_yorke_dimension == 1.0


def test_torus_has_two_zero_exponents() -> None:
    spectrum = spectrum_of("torus", starts=8, duration=600, transient=200)
    np.testing.assert_allclose(spectrum.exponent, [0, 0, -0.50, -0.51], atol=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "starts", "duration", "first", "relative", "total"),
    [
        ("roessler", 128, 700, 0.0714, 0.03, None),
        ("duffing", 128, 1000, 0.128, 0.03, -0.1),
    ],
)
def test_other_flows(
    name: str, starts: int, duration: float, first: float, relative: float, total: float | None
) -> None:
    spectrum = spectrum_of(name, starts=starts, duration=duration, transient=300)
    assert spectrum.exponent[0] == pytest.approx(first, rel=relative)
    assert spectrum.exponent[1] == pytest.approx(0.0, abs=0.005)
    if total is not None:
        assert spectrum.exponent.sum() == pytest.approx(total, abs=1e-4)


def test_a_rate_that_is_no_number_is_told() -> None:
    rootless = replace(linear_flow(SYMMETRIC), equations=lambda _time, state: np.sqrt(-state - 9))
    with np.errstate(invalid="ignore"), pytest.raises(InputError, match="cannot be integrated"):
        spectrum_of_system(rootless, starts=2, duration=1, transient=0, seed=1)


def test_escape_is_told() -> None:
    growing = linear_flow(np.diag([400.0, 300.0, 200.0]))
    with pytest.raises(InputError, match="linear_flow"):
        spectrum_of_system(growing, starts=2, duration=100, transient=0, seed=1)
