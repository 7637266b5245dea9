"""Trajectories against closed forms, the convergence of their error, and every refusal."""

import dataclasses
import itertools
import math

import numpy as np
import pytest

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.series.integrate import integrate, start_near
from chaoslearn.systems.system import System

DAMPED = systems.load("damped_oscillator")


def damped_solution(start: np.ndarray, times: np.ndarray) -> np.ndarray:
    """x'' = −2 δ x' − ω² x in closed form, `(time, component)`."""
    damping, frequency = DAMPED.parameters["damping"], DAMPED.parameters["frequency"]
    turn = math.sqrt(frequency**2 - damping**2)
    x, velocity = start
    decay, cosine, sine = np.exp(-damping * times), np.cos(turn * times), np.sin(turn * times)
    position = decay * (x * cosine + (velocity + damping * x) / turn * sine)
    speed = decay * (velocity * cosine - (damping * velocity + frequency**2 * x) / turn * sine)
    return np.stack([position, speed], axis=1)


def error_at(tolerance: float) -> float:
    states = integrate(
        DAMPED, step=0.3, samples=60, transient=0.0, seed=5,
        relative_tolerance=tolerance, absolute_tolerance=tolerance,
    )  # fmt: skip
    start = start_near(DAMPED, np.random.default_rng(5))
    return float(np.abs(states - damped_solution(start, 0.3 * np.arange(60))).max())


def test_damped_oscillator_follows_its_closed_form() -> None:
    assert error_at(1e-10) < 1e-9


def test_error_falls_with_the_tolerance() -> None:
    errors = [error_at(tolerance) for tolerance in (1e-4, 1e-6, 1e-8, 1e-10)]
    for coarse, fine in itertools.pairwise(errors):
        assert fine < coarse / 10
    assert errors[0] < 1e-3


def test_transient_is_cut_off_and_time_goes_on() -> None:
    long = integrate(DAMPED, step=0.5, samples=41, transient=0.0, seed=2)
    late = integrate(DAMPED, step=0.5, samples=21, transient=10.0, seed=2)
    np.testing.assert_allclose(late, long[20:], atol=1e-8)


def test_step_only_says_where_to_look() -> None:
    lorenz = systems.load("lorenz63")
    fine = integrate(lorenz, step=0.01, samples=201, transient=1.0, seed=2)
    coarse = integrate(lorenz, step=0.1, samples=21, transient=1.0, seed=2)
    np.testing.assert_allclose(fine[::10], coarse, atol=1e-5)


def test_van_der_pol_returns_after_its_period() -> None:
    """The period for μ = 1 is 6.66328686; one whole period later every state is back."""
    period = 6.6632868593
    states = integrate(
        systems.load("van_der_pol"), step=period, samples=4, transient=60.0,
        relative_tolerance=1e-11, absolute_tolerance=1e-11,
    )  # fmt: skip
    np.testing.assert_allclose(states[1:], states[:-1], atol=1e-8)


def test_maps_are_iterated() -> None:
    logistic = systems.load("logistic")
    states = integrate(logistic, step=1, samples=20, transient=3, seed=4)[:, 0]
    np.testing.assert_array_equal(states[1:], 4.0 * states[:-1] * (1.0 - states[:-1]))
    every_second = integrate(logistic, step=2, samples=10, transient=3, seed=4)[:, 0]
    np.testing.assert_array_equal(every_second, states[::2])
    # x = sin²(θ) doubles its angle, as long as rounding allows.
    angle = np.arcsin(np.sqrt(states[0]))
    np.testing.assert_allclose(states[:12], np.sin(2.0 ** np.arange(12) * angle) ** 2, atol=1e-9)


@pytest.mark.parametrize("name", ["damped_oscillator", "henon", "mackey_glass"])
def test_the_seed_makes_the_series(name: str) -> None:
    system = systems.load(name)
    one, same, other = (
        integrate(system, step=1, samples=30, transient=0, seed=seed) for seed in (7, 7, 8)
    )
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 1e-4
    assert one.shape == (30, system.dimension)


def test_a_single_sample_is_the_start() -> None:
    start = start_near(DAMPED, np.random.default_rng(0))
    states = integrate(DAMPED, step=1.0, samples=1, transient=0.0, seed=0)
    np.testing.assert_array_equal(states, [start])
    assert np.all(np.abs(start - DAMPED.initial_state) <= 0.02)


def explosive(kind: str) -> System:
    equations = {
        "flow": lambda _time, state: state**2,
        "map": lambda state: 2.0 * state,
        "delay": lambda _time, state, delayed, *, delay: state**2 + delayed * delay,
    }[kind]
    return dataclasses.replace(
        DAMPED, name="explosive", kind=kind, components=("x",), initial_state=(1.0,),
        equations=equations, jacobian=None, parameters={"delay": 1.0} if kind == "delay" else {},
        observed_components=(),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["flow", "map", "delay"])
def test_a_start_without_a_rate_is_refused(kind: str) -> None:
    system = dataclasses.replace(explosive(kind), equations=lambda *_, **__: np.array([np.nan]))
    with pytest.raises(
        InputError, match=r"explosive: at the state \[.*\] the equations give \[nan"
    ):
        integrate(system, step=1, samples=10, transient=0)


@pytest.mark.parametrize("kind", ["flow", "map", "delay"])
@pytest.mark.parametrize("transient", [0, 40])
def test_an_escape_to_infinity_is_refused(kind: str, transient: int) -> None:
    with pytest.raises(InputError, match=r"explosive: the trajectory .* escapes to infinity"):
        integrate(explosive(kind), step=1, samples=100, transient=transient)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"step": 0.0}, r"sampling step is 0\.0"),
        ({"step": math.nan}, "sampling step is nan"),
        ({"samples": 0}, "0 samples"),
        ({"transient": -1.0}, r"transient is -1\.0"),
        ({"relative_tolerance": 0.0}, r"tolerance is 0\.0"),
        ({"step": 0.5}, "henon is a map"),
        ({"transient": 0.5}, "henon is a map"),
    ],
)
def test_bad_arguments_are_refused(changed: dict, message: str) -> None:
    arguments = {"step": 1, "samples": 5, "transient": 0} | changed
    with pytest.raises(InputError, match=message):
        integrate(systems.load("henon"), **arguments)


def test_steps_are_as_long_as_the_tolerance_allows_whatever_the_sampling() -> None:
    """A step of DOP853 takes 12 evaluations: one for each of 7000 samples would take 84 000."""
    lorenz, calls = systems.load("lorenz63"), itertools.count()

    def counted(*arguments: float, **parameters: float) -> np.ndarray:
        next(calls)
        return lorenz.equations(*arguments, **parameters)

    counting = dataclasses.replace(lorenz, equations=counted)
    integrate(counting, step=0.01, samples=5000, transient=20.0)
    assert next(calls) < 42_000
