import numpy as np
import pytest

from chaoslearn.errors import InputError
from chaoslearn.lyapunov import steps
from chaoslearn.lyapunov.of_network import spectrum_of_network
from chaoslearn.systems.system import Array


class TanhNetwork:
    """z ← tanh(W z), one weight matrix for each start."""

    def __init__(self, gain: float, starts: int, size: int) -> None:
        generator = np.random.default_rng(0)
        self.weights = gain * generator.standard_normal((starts, size, size)) / np.sqrt(size)
        self.states = generator.standard_normal((starts, size))

    def step(self, state: Array) -> Array:
        return np.tanh(np.einsum("sij,s...j->s...i", self.weights, state))

    def jacobian(self, states: Array) -> Array:
        return (1 - self.step(states) ** 2)[..., None] * self.weights[:, None]


def test_linear_network_has_the_moduli_of_its_eigenvalues() -> None:
    matrix = np.array([[[0.9, 0.1, 0.0], [0.1, 0.5, 0.2], [0.0, 0.2, 0.7]]])
    spectrum = spectrum_of_network(
        lambda state: np.einsum("sij,sj->si", matrix, state),
        lambda states: np.broadcast_to(matrix[:, None], (*states.shape, 3)),
        np.ones((1, 3)),
        steps=200,
        transient=300,
    )
    expected = np.log(np.linalg.eigvalsh(matrix[0])[::-1])
    np.testing.assert_allclose(spectrum.exponent, expected, rtol=1e-12)
    assert np.isnan(spectrum.exponent_error).all()  # one start has no standard error


def test_random_network_is_chaotic_above_the_critical_gain() -> None:
    for gain, sign in ((0.5, -1), (3.0, 1)):
        net = TanhNetwork(gain, starts=4, size=100)
        spectrum = spectrum_of_network(
            net.step, net.jacobian, net.states, steps=500, transient=200, count=1
        )
        assert (np.sign(spectrum.per_start) == sign).all()


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_sum_is_the_mean_log_determinant(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many steps' Jacobians are asked for at once."""
    monkeypatch.setattr(steps, "STEPS_AT_ONCE", at_once)
    net = TanhNetwork(2.0, starts=3, size=6)
    spectrum = spectrum_of_network(net.step, net.jacobian, net.states, steps=300, transient=100)
    state, total = net.states, np.zeros(3)
    for step in range(400):
        if step >= 100:
            total += np.linalg.slogdet(net.jacobian(state[:, None])[:, 0])[1]
        state = net.step(state)
    np.testing.assert_allclose(spectrum.per_start.sum(axis=1), total / 300, rtol=1e-10)


def test_rarer_orthonormalisation_agrees_where_exponents_are_close() -> None:
    net = TanhNetwork(1.5, starts=2, size=8)
    every, fifth = (
        spectrum_of_network(
            net.step, net.jacobian, net.states, steps=500, transient=500, count=3,
            reorthonormalise=interval,
        ).exponent
        for interval in (1, 5)
    )  # fmt: skip
    np.testing.assert_allclose(fifth, every, rtol=0, atol=1e-8)


def test_no_growth_before_the_first_recorded_step_is_counted() -> None:
    """A transient of 2 and orthonormalisation every 5 steps: 5 steps of rest, then 10 counted."""
    spectrum = spectrum_of_network(
        lambda state: state + 1,  # counts the steps from 1
        # Growth by 1 in ln in the counted steps, by 100 before them.
        lambda states: np.exp(np.where(states > 5, 1.0, 100.0))[..., None],
        np.ones((1, 1)),
        steps=10,
        transient=2,
        reorthonormalise=5,
    )
    np.testing.assert_allclose(spectrum.convergence, 1.0, rtol=1e-12)
    np.testing.assert_array_equal(spectrum.convergence_time, [5, 10])
    assert spectrum.resolution == 0.1


def test_resolution_is_the_swing_of_growth_over_the_recorded_time() -> None:
    """Growth by e⁵ and back in turn: 0 in the long run, 5 in all if recording ends between."""
    spectrum = spectrum_of_network(
        lambda state: -state,
        lambda states: np.exp(5 * states[..., None]),
        np.ones((1, 1)),
        steps=99,
        transient=0,
    )
    assert spectrum.exponent[0] == pytest.approx(5 / 99)
    # From +5 · 98/99 after the first step to −5 · 98/99 after the last but one.
    assert spectrum.resolution == pytest.approx(2 * 5 * 98 / 99 / 99)


def test_annihilated_direction_has_minus_infinity() -> None:
    matrix = np.array([[[0.5, 0.0], [0.0, 0.0]]])
    spectrum = spectrum_of_network(
        lambda state: state @ matrix[0],
        lambda states: np.broadcast_to(matrix[:, None], (*states.shape, 2)),
        np.ones((1, 2)),
        steps=10,
        transient=2,
    )
    assert spectrum.exponent[0] == pytest.approx(np.log(0.5), abs=1e-12)
    assert spectrum.exponent[1] == -np.inf


def test_diverging_network_is_told() -> None:
    with np.errstate(over="ignore", invalid="ignore"), pytest.raises(InputError, match="infinity"):
        spectrum_of_network(
            lambda state: 10 * state,
            lambda states: np.broadcast_to(10 * np.eye(2), (*states.shape, 2)),
            np.ones((1, 2)),
            steps=1000,
            transient=0,
        )
