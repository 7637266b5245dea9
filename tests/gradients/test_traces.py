"""Jacobian products: against matrix powers, known exponents and an independent QR run."""

import math

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.cells.cell import Cell
from chaoslearn.cells.orbits import as_map
from chaoslearn.errors import InputError
from chaoslearn.gradients.attractor import iterate
from chaoslearn.gradients.growth import growth_rate
from chaoslearn.gradients.recording import recorded_steps
from chaoslearn.gradients.regimes import net_in_regime
from chaoslearn.gradients.traces import jacobian_trace
from chaoslearn.lyapunov.of_network import spectrum_of_network


def random_states(starts: int, size: int) -> np.ndarray:
    return np.random.default_rng(3).standard_normal((starts, size))


def attractor(name: str, weights: dict, starts: int = 20) -> np.ndarray:
    cell = cells.load(name)
    size = cell.state_size(weights["readout"].shape[-1])
    return settled(cell, weights, random_states(starts, size), 1000)


def settled(cell: Cell, weights: dict, states: np.ndarray, steps: int) -> np.ndarray:
    return iterate(as_map(cell, weights)[0], states, steps)


def linear_plrnn(matrix: np.ndarray) -> dict[str, np.ndarray]:
    """z ← M z, as long as z stays positive, which a non-negative M sees to."""
    return {
        "diagonal": matrix.diagonal()[None],
        "recurrent": matrix[None],
        "bias": np.zeros((1, len(matrix))),
    }


@pytest.mark.parametrize("scale", [0.2, 1.0])
def test_a_linear_nets_trace_is_its_matrix_power(scale: float) -> None:
    matrix = scale * np.random.default_rng(0).uniform(size=(5, 5))
    steps = [1, 2, 3, 10, 50, 200]
    states = np.abs(random_states(2, 5))
    trace = jacobian_trace(cells.load("plrnn"), linear_plrnn(matrix), states, steps)
    powers = np.array([np.linalg.matrix_power(matrix, time - 1) for time in steps])
    expected = np.log(np.linalg.norm(powers, 2, axis=(1, 2)))
    np.testing.assert_allclose(trace, [expected, expected], rtol=1e-12, atol=1e-12)


def test_a_net_without_coupling_decays_as_its_diagonal() -> None:
    weights = {
        "diagonal": np.array([[0.9, -0.5]]),
        "recurrent": np.zeros((1, 2, 2)),
        "bias": np.zeros((1, 2)),
    }
    steps = recorded_steps(10_000, 20)
    trace = jacobian_trace(cells.load("plrnn"), weights, random_states(3, 2), steps)
    np.testing.assert_allclose(trace, np.tile((steps - 1) * math.log(0.9), (3, 1)), rtol=1e-10)


def test_a_product_that_vanishes_is_minus_infinity() -> None:
    weights = {
        "diagonal": np.zeros((1, 2)),
        "recurrent": np.zeros((1, 2, 2)),
        "bias": np.zeros((1, 2)),
    }
    trace = jacobian_trace(cells.load("plrnn"), weights, random_states(1, 2), [1, 2, 9])
    assert trace.tolist() == [[0.0, -math.inf, -math.inf]]


def test_delayed_tent_map_grows_at_its_known_exponent() -> None:
    """x ← f(x two steps ago) with a tent f of slope ±s: exponent ½ ln s, the same on every orbit.

    Units: x, its copy y = x, and u = x − ½; f = s y − 2 s relu(u). x stays in 0…1.
    """
    slope = 1.8
    weights = {
        "diagonal": np.zeros((1, 3)),
        "recurrent": np.array([[[0, slope, -2 * slope], [1, 0, 0], [1, 0, 0]]]),
        "bias": np.array([[0, 0, -0.5]]),
    }
    x, y = np.array([0.21, 0.62]), np.array([0.37, 0.55])
    states = np.stack([x, y, y - 0.5], axis=1)
    steps = recorded_steps(10_000, 101)
    trace = jacobian_trace(cells.load("plrnn"), weights, states, steps)
    assert trace.max() > 2500  # e^2500 is far beyond the range of numbers
    assert growth_rate(steps, trace).rate == pytest.approx(math.log(slope) / 2, rel=1e-4)


def test_a_turning_circle_neither_grows_nor_decays() -> None:
    """tanh(r R_φ z): an attracting invariant circle, exponent 0."""
    angle, radius = (math.sqrt(5) - 1) * math.pi, 1.05
    turn = [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    weights = {
        "recurrent": radius * np.array([turn]),
        "bias": np.zeros((1, 2)),
    }
    rnn = cells.load("rnn")
    states = settled(rnn, weights, random_states(20, 2), 2000)
    steps = recorded_steps(10_000, 200)
    trace = jacobian_trace(rnn, weights, states, steps)
    growth = growth_rate(steps, trace)
    assert abs(growth.rate) < 1e-5
    assert growth.interval[0] - 1e-6 < 0 < growth.interval[1] + 1e-6
    late = steps > 1000
    assert np.all(np.abs(trace[:, late]) < math.log(1.002) * (steps[late] - 1))


@pytest.mark.slow
@pytest.mark.parametrize("name", cells.names())
def test_a_chaotic_nets_growth_rate_is_its_largest_exponent(name: str) -> None:
    cell, weights = cells.load(name), net_in_regime("chaos", name)
    states = attractor(name, weights)
    steps = recorded_steps(10_000, 100)
    growth = growth_rate(steps, jacobian_trace(cell, weights, states, steps))
    spectrum = spectrum_of_network(
        *as_map(cell, weights), states[::-1].copy(), steps=3000, transient=500, count=1
    )
    error = math.hypot(growth.error, float(spectrum.exponent_error[0]))
    assert growth.rate * 10_000 > 800  # e^800 is beyond the range of numbers
    assert abs(growth.rate - spectrum.exponent[0]) < 2.2 * error  # the joint 95 % interval
    assert 2.2 * error < 0.1 * growth.rate


@pytest.mark.parametrize("last", [2, 60, 61, 997, 10_000])
def test_recorded_steps_reach_from_one_to_the_last_equally_apart(last: int) -> None:
    steps = recorded_steps(last, 60)
    assert (steps[0], steps[-1]) == (1, last)
    assert min(last, 31) <= len(steps) <= 60
    gaps = np.diff(steps)
    assert np.all(gaps[1:] == gaps[-1])
    assert 0 < gaps[0] <= gaps[-1]


@pytest.mark.parametrize(("last", "count"), [(1, 5), (100, 1)])
def test_a_trace_of_one_time_is_refused(last: int, count: int) -> None:
    with pytest.raises(InputError, match="at least two times"):
        recorded_steps(last, count)


@pytest.mark.parametrize(
    ("members", "shape", "steps", "message"),
    [
        (2, (3, 4), [1, 2], "use one_member"),
        (1, (3, 4), [2, 1], "must ascend"),
        (1, (3, 4), [0, 1], "must ascend"),
        (1, (3, 4), [], "must ascend"),
        (1, (1, 3, 4), [1, 2], r"must be \(start, state\)"),
    ],
)
def test_unfit_arguments_are_refused(
    members: int, shape: tuple[int, ...], steps: list[int], message: str
) -> None:
    weights = {"recurrent": np.zeros((members, 4, 4)), "bias": np.zeros((members, 4))}
    with pytest.raises(InputError, match=message):
        jacobian_trace(cells.load("rnn"), weights, np.zeros(shape), steps)
