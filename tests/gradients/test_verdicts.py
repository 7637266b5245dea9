"""Verdicts on traces whose rates are known: each theorem holds where it should, and only there."""

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.cells.orbits import as_map
from chaoslearn.gradients.attractor import on_attractor
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.regimes import net_in_regime
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.gradients.verdicts import JACOBIAN, Exponent, judge, smallest_epsilon

STARTS = 20
LONG, SHORT = np.arange(1, 10_001, 50), np.arange(1, 2001, 10)
GRADIENT = "loss_gradient_norm"


def walks(rate: float, steps: np.ndarray, scatter: float = 0.1) -> np.ndarray:
    """ln of a norm that grows at a rate, with a random walk on top, `(start, steps)`."""
    draws = np.random.default_rng(1)
    increments = np.diff(steps, prepend=1)
    noise = scatter * np.sqrt(increments) * draws.standard_normal((STARTS, len(steps)))
    return rate * (steps - 1) + np.cumsum(noise, axis=1)


def exponent(value: float, error: float = 1e-4) -> Exponent:
    return Exponent(value, error, 1e-4)


def told(
    regime: str,
    quantity: str,
    steps: np.ndarray,
    norms: np.ndarray,
    at: Exponent,
    period: int = 1,
) -> tuple:
    verdict = judge(regime, quantity, steps, norms, at, period)
    return verdict.theorem, verdict.verdict


@pytest.mark.parametrize("regime", ["fixed-point", "cycle"])
def test_a_norm_that_decays_at_the_exponent_is_theorem_one(regime: str) -> None:
    norms = np.tile(-0.3 * (LONG - 1), (STARTS, 1)).astype(float)
    assert told(regime, JACOBIAN, LONG, norms, exponent(-0.3)) == ("T1", "holds")
    assert told(regime, JACOBIAN, LONG, norms, exponent(-0.31)) == ("T1", "does not hold")
    assert told(regime, JACOBIAN, LONG, -norms, exponent(0.3)) == ("T1", "does not hold")


def test_a_product_that_vanishes_decays_as_an_exponent_of_minus_infinity() -> None:
    norms = np.full((STARTS, len(LONG)), -np.inf)
    for error in (0.0, np.nan):  # NaN is the standard error of exponents that are all −∞
        assert told("cycle", JACOBIAN, LONG, norms, exponent(-np.inf, error)) == ("T1", "holds")


@pytest.mark.parametrize(("growth", "verdict"), [(0.0, "holds"), (0.1, "does not hold")])
def test_a_bounded_gradient_does_not_grow_after_half_the_time(growth: float, verdict: str) -> None:
    swing = 0.3 * np.sin(SHORT) + growth * np.log(SHORT)
    assert told("cycle", GRADIENT, SHORT, np.tile(swing, (STARTS, 1)), exponent(-0.1)) == (
        "T1",
        verdict,
    )


@pytest.mark.parametrize("period", [2, 4, 8, 10, 20, 33, 60, 97, 150])
def test_a_gradient_that_swings_with_its_cycle_is_bounded(period: int) -> None:
    """The times recorded in the two halves are of other phases, so their maxima differ."""
    steps = recorded_steps(2000, 200)
    profile = np.random.default_rng(period).standard_normal(period)
    swing = np.tile(profile[steps % period], (STARTS, 1))
    assert told("cycle", GRADIENT, steps, swing, exponent(-0.1), period) == ("T1", "holds")
    grows = swing + 0.1 * np.log(steps)
    assert told("cycle", GRADIENT, steps, grows, exponent(-0.1), period) == (
        "T1",
        "does not hold",
    )


@pytest.mark.parametrize("period", [0, 1999])
def test_a_cycle_longer_than_the_record_is_undecided(period: int) -> None:
    flat = np.zeros((STARTS, len(SHORT)))
    assert told("cycle", GRADIENT, SHORT, flat, exponent(-0.1), period) == ("T1", "undecided")


def test_a_gradient_on_its_way_to_a_bound_is_undecided_until_it_has_settled() -> None:
    """S_T = S (1 − e^{λT}): with λT = −2 at the end it still grows by a third."""
    slow = np.tile(np.log1p(-np.exp(-0.001 * SHORT)), (STARTS, 1))
    assert told("fixed-point", GRADIENT, SHORT, slow, exponent(-0.001)) == ("T1", "undecided")
    fast = np.tile(np.log1p(-np.exp(-0.1 * SHORT)), (STARTS, 1))
    assert told("fixed-point", GRADIENT, SHORT, fast, exponent(-0.1)) == ("T1", "holds")


def test_a_gradient_that_is_zero_throughout_is_bounded() -> None:
    zero = np.full((STARTS, len(SHORT)), -np.inf)
    assert told("fixed-point", GRADIENT, SHORT, zero, exponent(-0.1)) == ("T1", "holds")


@pytest.mark.parametrize(("quantity", "steps"), [(JACOBIAN, LONG), (GRADIENT, SHORT)])
def test_chaos_grows_at_its_exponent_and_at_no_other(quantity: str, steps: np.ndarray) -> None:
    norms = walks(0.2, steps)
    assert told("chaos", quantity, steps, norms, exponent(0.2)) == ("T2", "holds")
    assert told("chaos", quantity, steps, norms, exponent(0.2 / 0.9)) == ("T2", "does not hold")
    assert told("chaos", quantity, steps, norms, exponent(0.2, 0.02)) == ("T2", "undecided")


def test_what_agrees_within_five_per_cent_holds_however_small_the_errors() -> None:
    norms = np.tile(0.2 * (LONG - 1), (STARTS, 1))
    assert told("chaos", JACOBIAN, LONG, norms, exponent(0.2 * 1.04)) == ("T2", "holds")
    assert told("chaos", JACOBIAN, LONG, norms, exponent(0.2 / 0.94)) == ("T2", "does not hold")


def test_a_torus_keeps_its_norm_and_its_gradients_grow_as_a_power() -> None:
    norms = 0.5 * np.sin(np.arange(STARTS)[:, None] + 0.618 * LONG)
    assert told("torus", JACOBIAN, LONG, norms, exponent(0.0)) == ("T3", "holds")
    for power in (1, 2):
        swing = 0.2 * np.sin(np.arange(STARTS)[:, None] + 0.618 * SHORT)
        verdict = judge("torus", GRADIENT, SHORT, power * np.log(SHORT) + swing, exponent(0.0), 0)
        assert (verdict.theorem, verdict.verdict) == ("T3", "holds")
        assert verdict.polynomial_exponent == pytest.approx(power, abs=0.02)


@pytest.mark.parametrize(("last", "verdict"), [(500, "undecided"), (10_000, "does not hold")])
def test_a_bounded_norm_needs_a_long_record_for_theorem_three(last: int, verdict: str) -> None:
    """Between e^-2 and e^2, or, at the end of 10 000 steps, at e^25: beyond 1.002^T."""
    times = np.linspace(2, last, 200).round()
    bound = 2.0 if last < 10_000 else 25.0
    norms = np.full((STARTS, len(times)), bound)
    assert told("torus", JACOBIAN, times, norms, exponent(0.0)) == ("T3", verdict)


@pytest.mark.parametrize("rate", [0.2, 0.01, 0.003, -0.003, -0.2])
def test_what_grows_or_decays_fails_theorem_three(rate: float) -> None:
    """0.01 a step is a net trained on Lorenz; e^{0.003 T} is beyond 1.002^T."""
    assert told("torus", JACOBIAN, LONG, walks(rate, LONG), exponent(0.0)) == (
        "T3",
        "does not hold",
    )
    expected = "does not hold" if rate > 0 else "holds"  # what decays is not exponential growth
    assert told("torus", GRADIENT, SHORT, walks(rate, SHORT, 0.02), exponent(0.0)) == (
        "T3",
        expected,
    )


def test_the_smallest_epsilon_is_that_of_the_widest_start() -> None:
    times = np.array([1.0, 101.0])
    norms = np.array([[0.0, 100 * np.log(1.001)], [0.0, 100 * np.log(1 - 0.003)]])
    assert smallest_epsilon(times, norms) == pytest.approx(0.003)


def test_an_unclear_regime_has_no_theorem() -> None:
    verdict = judge("unclear", JACOBIAN, LONG, walks(0.0, LONG), exponent(0.0), 0)
    assert (verdict.theorem, verdict.verdict) == ("", "undecided")
    assert "none of the regimes" in verdict.reason


@pytest.mark.slow
@pytest.mark.parametrize("name", cells.names())
@pytest.mark.parametrize(
    ("regime", "verdict"),
    [("torus", "holds"), ("chaos", "does not hold"), ("cycle", "does not hold")],
)
def test_theorem_three_is_met_by_nets_on_a_torus_and_by_no_others(
    regime: str, verdict: str, name: str
) -> None:
    cell, net = cells.load(name), net_in_regime(regime, name)
    step, _ = as_map(cell, net)
    draws = np.random.default_rng(0)
    states = on_attractor(step, draws.standard_normal(cell.state_size(30)), 4, draws)
    steps = [1, *range(5000, 10_001, 500)]
    norms = jacobian_trace(cell, net, states, steps)
    assert told("torus", JACOBIAN, np.array(steps), norms, exponent(0.0)) == ("T3", verdict)
