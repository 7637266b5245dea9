from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import lambertw

from chaoslearn import systems
from chaoslearn.lyapunov.delays import advance_one_delay
from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.systems.system import Array, System


def feedback(strength: float) -> System:
    """x'(t) = strength · x(t − 1), whose exponents are Re W_k(strength), W Lambert's function."""
    return System(
        name="feedback",
        kind="delay",
        components=("x",),
        equations=lambda _time, _state, delayed, delay: strength * delayed,
        jacobian=lambda _time, state, delayed, delay: (
            np.zeros_like(state)[None],
            np.full_like(delayed, strength)[None],
        ),
        parameters={"delay": 1.0},
        initial_state=(1.0,),
        time_unit="1",
        citation="",
    )


def error_after_three_delays(steps: int) -> float:
    """Against e^(−t/2), which solves x'(t) = −e^(−1/2)/2 · x(t − 1)."""

    def rate(_time: float, _state: Array, delayed: Array) -> Array:
        return -0.5 * np.exp(-0.5) * delayed

    time = np.linspace(-1, 0, steps + 1)
    values = np.exp(-0.5 * time)
    slopes = -0.5 * values
    for piece in range(3):
        values, slopes = advance_one_delay(rate, piece, 1.0, values, slopes)
    return float(np.abs(values - np.exp(-0.5 * (time + 3))).max())


def test_method_of_steps_is_of_fourth_order() -> None:
    orders = np.log2(
        [error_after_three_delays(n) / error_after_three_delays(2 * n) for n in (5, 10)]
    )
    np.testing.assert_allclose(orders, 4.0, atol=0.2)


def test_linear_feedback_has_the_real_parts_of_lamberts_function() -> None:
    spectrum = spectrum_of_system(
        feedback(-1.0), starts=2, duration=600, transient=50, seed=1, count=4
    )
    roots = lambertw(-1.0, [0, -1, 1, -2]).real  # two conjugate pairs
    np.testing.assert_allclose(spectrum.exponent, roots, atol=5e-3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("delay", "low", "high", "dimension"),
    [(17.0, 0.005, 0.007, 2.1), (23.0, 0.0095, 0.0099, 2.8), (30.0, 0.0070, 0.0077, 3.6)],
)
def test_mackey_glass(delay: float, low: float, high: float, dimension: float) -> None:
    system = systems.load("mackey_glass").with_parameters(delay=delay)
    spectrum = spectrum_of_system(system, starts=64, duration=6000, transient=2000, seed=1)
    spread = 2 * spectrum.exponent_error[0]
    assert low - spread < spectrum.exponent[0] < high + spread
    assert np.abs(spectrum.exponent).min() < 2e-4
    assert spectrum.kaplan_yorke_dimension == pytest.approx(dimension, abs=0.06)


def test_steps_are_as_short_as_a_long_delay_needs() -> None:
    """x' = −x + x(t − 300) / 2, whose λ solves λ + 1 = e^(−300 λ) / 2: a hundred steps a delay are
    unstable."""
    relaxing = replace(
        feedback(0.5),
        equations=lambda _time, state, delayed, delay: 0.5 * delayed - state,
        jacobian=lambda _time, state, delayed, delay: (
            np.full_like(state, -1.0)[None],
            np.full_like(delayed, 0.5)[None],
        ),
        parameters={"delay": 300.0},
    )
    spectrum = spectrum_of_system(relaxing, starts=2, duration=9000, transient=900, seed=1, count=1)
    expected = brentq(lambda rate: rate + 1 - 0.5 * np.exp(-300 * rate), -0.01, 0.0)
    # Forty modes decay by up to a tenth faster, and have their part in 30 delays.
    assert spectrum.exponent[0] == pytest.approx(expected, rel=0.05)
