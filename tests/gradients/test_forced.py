"""The largest factor inside a segment: of a linear net its matrix powers, in chaos e^{λτ}."""

import math

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.cells.orbits import as_map
from chaoslearn.gradients.attractor import on_attractor
from chaoslearn.gradients.forced import largest_factors
from chaoslearn.gradients.regimes import net_in_regime


def diagonal_net(*rates: float) -> dict[str, np.ndarray]:
    size = len(rates)
    return {
        "diagonal": np.array([rates]),
        "recurrent": np.zeros((1, size, size)),
        "bias": np.zeros((1, size)),
    }


def test_growth_is_that_of_the_powers() -> None:
    states = np.ones((2, 2))
    factors = largest_factors(cells.load("plrnn"), diagonal_net(1.1, 0.5), states, [1, 2, 7])
    np.testing.assert_allclose(factors, np.tile(np.array([1, 2, 7]) * math.log(1.1), (2, 1)))


def test_what_decays_keeps_its_first_factor() -> None:
    states = np.ones((1, 1))
    factors = largest_factors(cells.load("plrnn"), diagonal_net(0.5), states, [1, 2, 7])
    np.testing.assert_allclose(factors, [[math.log(0.5)] * 3])


@pytest.mark.slow
def test_in_chaos_the_median_grows_by_the_exponent() -> None:
    rnn, weights = cells.load("rnn"), net_in_regime("chaos", "rnn")
    step, _ = as_map(rnn, weights)
    states = on_attractor(step, np.ones(30), 200, np.random.default_rng(0))
    intervals = [20, 120]
    first, last = np.median(largest_factors(rnn, weights, states, intervals), axis=0)
    assert (last - first) / 100 == pytest.approx(0.238, rel=0.1)  # its λ by QR, test_regimes
