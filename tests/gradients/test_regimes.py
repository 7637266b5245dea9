"""Every constructed net is in its regime: by its exponents, and by how its orbit comes back."""

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.cells.orbits import as_map
from chaoslearn.errors import InputError
from chaoslearn.gradients.attractor import iterate
from chaoslearn.gradients.regimes import REGIMES, net_in_regime
from chaoslearn.lyapunov.of_network import spectrum_of_network

STARTS = 4


def orbit_and_exponents(regime: str, name: str) -> tuple[np.ndarray, np.ndarray, float]:
    """An orbit `(time, state)`, the two largest exponents and the error of the largest."""
    cell, weights = cells.load(name), net_in_regime(regime, name)
    random = np.random.default_rng(1).standard_normal((STARTS, cell.state_size(30)))
    step, jacobian = as_map(cell, weights)
    states = iterate(step, random, 1000)
    spectrum = spectrum_of_network(step, jacobian, states, steps=1000, transient=100, count=2)
    orbit = [states]
    for _ in range(50):
        orbit.append(step(orbit[-1]))
    return np.array(orbit)[:, 0], spectrum.exponent, float(spectrum.exponent_error[0])


@pytest.mark.parametrize("name", cells.names())
@pytest.mark.parametrize("regime", REGIMES)
def test_the_net_is_in_its_regime(regime: str, name: str) -> None:
    orbit, exponents, error = orbit_and_exponents(regime, name)
    distance = np.abs(orbit - orbit[0]).max(axis=1)[1:]
    returns = np.flatnonzero(distance < 1e-9) + 1
    if regime == "fixed-point":
        assert exponents[0] < -0.3
        assert distance.max() < 1e-9
    elif regime == "cycle":
        assert exponents[0] < -0.3
        np.testing.assert_array_equal(returns, np.arange(4, 51, 4))
    elif regime == "torus":
        assert abs(exponents[0]) < 1e-3
        assert exponents[1] < -0.2
        assert len(returns) == 0
    else:
        assert exponents[0] > 0.15
        assert exponents[0] > 10 * error
        assert len(returns) == 0


@pytest.mark.parametrize("name", cells.names())
def test_weights_have_the_cells_shapes(name: str) -> None:
    weights = net_in_regime("torus", name, latent=5, component=2, seed=9)
    shapes = {**cells.load(name).shapes(5), "readout": (2, 5)}
    assert {key: tuple(array.shape[1:]) for key, array in weights.items()} == shapes
    assert {array.dtype for array in weights.values()} == {np.dtype(np.float64)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tours", "rnn"), "use one of fixed-point, cycle, torus, chaos"),
        (("torus", "leaky"), "use one of rnn, lstm, gru, plrnn"),
        (("torus", "rnn", 1), "needs at least 2"),
    ],
)
def test_what_cannot_be_built_is_refused(arguments: tuple, message: str) -> None:
    with pytest.raises(InputError, match=message):
        net_in_regime(*arguments)
