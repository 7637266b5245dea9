import numpy as np

from chaoslearn.lyapunov.dormand_prince import attempt, first_step, next_step
from chaoslearn.systems.system import Array


def pendulum(_time: Array, states: Array) -> Array:
    """x'' = −x for rows (x, x'), solved by (sin t, cos t)."""
    return np.stack([states[:, 1], -states[:, 0]], axis=1)


def driven(time: Array, _states: Array) -> Array:
    """x' = 8 t⁷, solved by t⁸, which a method of order 8 meets exactly."""
    return 8 * time[:, None] ** 7


def error_of_fixed_steps(steps: int) -> float:
    states, step = np.array([[0.0, 1.0]]), np.array([6.0 / steps])
    for index in range(steps):
        states = attempt(pendulum, index * step, states, step, np.ones(1)).states
    return float(np.abs(states - [np.sin(6.0), np.cos(6.0)]).max())


def test_the_method_is_of_eighth_order() -> None:
    orders = np.log2([error_of_fixed_steps(n) / error_of_fixed_steps(2 * n) for n in (4, 8)])
    np.testing.assert_allclose(orders, 8.0, atol=0.5)


def test_the_estimated_error_falls_with_the_eighth_power_of_the_step() -> None:
    states = np.array([[0.0, 1.0]] * 2)
    error = attempt(pendulum, np.zeros(2), states, np.array([0.5, 0.25]), np.full(2, 1e-9)).error
    assert np.log2(error[0] / error[1]) > 7


def test_each_orbit_has_its_own_time_and_step() -> None:
    time, step = np.array([0.0, 1.0, 2.0]), np.array([0.5, 0.0, 1.0])
    tried = attempt(driven, time, time[:, None] ** 8, step, np.ones(1))
    np.testing.assert_allclose(tried.states[:, 0], [0.5**8, 1.0, 3.0**8], rtol=1e-12)
    assert tried.error[1] == 0


def test_steps_follow_the_error_within_limits() -> None:
    changed = next_step(np.ones(4), np.array([0.9**8, 0.0, 1e30, np.nan]))
    np.testing.assert_allclose(changed, [1.0, 10.0, 0.2, 0.2])


def test_the_first_step_is_a_hundredth_of_the_state_over_its_rate() -> None:
    rate = first_step(lambda _time, states: 0.5 * states, np.zeros(1), np.array([[0.0, 3.0]]))
    np.testing.assert_allclose(rate, 0.02)
