"""Delay equations against a closed form, and the order of the method."""

import dataclasses
import math

import numpy as np

from chaoslearn import systems
from chaoslearn.series.integrate import integrate, start_near
from chaoslearn.series.method_of_steps import solve_by_steps
from chaoslearn.systems.system import System

LINEAR = System(
    name="linear", kind="delay", components=("x",),
    equations=lambda _time, _state, delayed, *, delay: -delayed / delay,
    parameters={"delay": 1.0}, initial_state=(1.0,), time_unit="1", citation="none",
)  # fmt: skip


def linear_solution(time: float) -> float:
    """x'(t) = −x(t − 1) from x = 1 up to time 0: a polynomial over each delay."""
    return sum(
        (-1) ** power * (time - power + 1) ** power / math.factorial(power)
        for power in range(math.floor(time) + 2)
    )


def test_linear_delay_equation_follows_its_closed_form() -> None:
    times = np.arange(0.0, 16.0, 0.13)
    states = solve_by_steps(LINEAR, np.ones(1), times, 1e-11, 1e-11)
    exact = [linear_solution(time) for time in times]
    np.testing.assert_allclose(states[:, 0], exact, atol=1e-9)


def test_error_falls_with_the_order_of_dense_output() -> None:
    """Error against work on Mackey-Glass: the slope of DOP853 with dense output, 7 or more."""
    calls = 0
    mackey_glass = systems.load("mackey_glass_published")

    def counted(*arguments: float, **parameters: float) -> np.ndarray:
        nonlocal calls
        calls += 1
        return mackey_glass.equations(*arguments, **parameters)

    system = dataclasses.replace(mackey_glass, equations=counted)
    start, times = np.array([0.9]), np.linspace(0.0, 20.0, 200)
    reference = solve_by_steps(system, start, times, 1e-13, 1e-13)
    work, errors = [], []
    for tolerance in (1e-5, 1e-6, 1e-8, 1e-9, 1e-10, 1e-11):
        calls = 0
        states = solve_by_steps(system, start, times, tolerance, tolerance)
        work.append(calls)
        errors.append(np.abs(states - reference).max())
    slope = np.polyfit(np.log(work), np.log(errors), 1)[0]
    assert slope < -7.0
    assert errors[-1] < 1e-8


def test_the_delay_scales_time() -> None:
    """x'(t) = −x(t − d)/d is the same course, d times slower."""
    slow = dataclasses.replace(LINEAR, parameters={"delay": 2.5})
    times = np.arange(0.0, 6.0, 0.25)
    np.testing.assert_allclose(
        solve_by_steps(slow, np.ones(1), 2.5 * times, 1e-11, 1e-11),
        solve_by_steps(LINEAR, np.ones(1), times, 1e-11, 1e-11),
        atol=1e-9,
    )


def test_transient_and_step_only_say_where_to_look() -> None:
    mackey_glass = systems.load("mackey_glass")
    start = start_near(mackey_glass, np.random.default_rng(3))
    times = np.array([0.0, 3.0, 40.5, 41.0])
    states = solve_by_steps(mackey_glass, start, times, 1e-10, 1e-10)
    np.testing.assert_array_equal(states[0], start)
    late = integrate(mackey_glass, step=0.5, samples=2, transient=40.5, seed=3)
    np.testing.assert_allclose(late, states[2:], atol=1e-8)
