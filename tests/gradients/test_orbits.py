"""Nets as maps for numpy, one member or several, and the orbits that are traced."""

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.cells.orbits import as_map
from chaoslearn.gradients.orbits import orbits_of
from chaoslearn.gradients.regimes import net_in_regime


@pytest.mark.parametrize("name", cells.names())
def test_a_net_as_a_map_steps_and_turns_as_the_cell(name: str) -> None:
    cell, weights = cells.load(name), net_in_regime("chaos", name, latent=5)
    step, jacobian = as_map(cell, weights)
    states = np.random.default_rng(0).standard_normal((3, cell.state_size(5)))
    moved = step(states)
    by_cell = [states[None]]
    for _ in range(3):
        by_cell.append(cell.step(weights, by_cell[-1]))
    np.testing.assert_array_equal(moved, by_cell[1][0])
    np.testing.assert_array_equal(step(step(moved)), by_cell[3][0])
    width = 1e-6
    for index, direction in enumerate(np.eye(states.shape[1]) * width):
        difference = (step(states + direction) - step(states - direction)) / (2 * width)
        np.testing.assert_allclose(jacobian(states)[:, :, index], difference, atol=1e-7)


@pytest.mark.parametrize("steps_at_once", [(), (3,)])
def test_orbits_of_an_ensemble_stand_member_by_member(steps_at_once: tuple[int, ...]) -> None:
    cell = cells.load("lstm")
    nets = [net_in_regime(regime, "lstm", latent=5) for regime in ("chaos", "cycle")]
    both = {name: np.concatenate([net[name] for net in nets]) for name in nets[0]}
    states = np.random.default_rng(1).standard_normal((4, *steps_at_once, 10))
    for index in (0, 1):  # the step and its Jacobian
        alone = [as_map(cell, net)[index](states[2 * i : 2 * i + 2]) for i, net in enumerate(nets)]
        np.testing.assert_allclose(
            as_map(cell, both)[index](states), np.concatenate(alone), rtol=1e-12
        )


def linear(rate: float) -> dict[str, np.ndarray]:
    """z ← rate · z in two dimensions, as a PLRNN."""
    return {
        "diagonal": np.full((1, 2), rate),
        "recurrent": np.zeros((1, 2, 2)),
        "bias": np.zeros((1, 2)),
    }


def test_orbits_to_trace_have_the_exponents_of_others_beside_them() -> None:
    plrnn = cells.load("plrnn")
    found = orbits_of(plrnn, linear(0.5), np.ones(2), starts=3, steps=50, count=3)
    assert found is not None
    assert found.beginnings.shape == (3, 2)
    np.testing.assert_allclose(found.spectrum.exponent, np.log([0.5, 0.5]), rtol=1e-12)


@pytest.mark.parametrize("rate", [1.006, 1.1])
def test_an_orbit_that_escapes_slowly_is_no_attractor(rate: float) -> None:
    """1.006^t is 1e10 after the 4000 steps of settling, and far from the largest number."""
    assert orbits_of(cells.load("plrnn"), linear(rate), np.ones(2), starts=3, steps=10) is None


def test_orbits_to_trace_must_stay_bounded_for_the_longest_trace() -> None:
    """1.001^t is about 100 after the settling, and 2e17 times as much 40 000 steps later."""
    plrnn = cells.load("plrnn")
    assert orbits_of(plrnn, linear(1.001), np.ones(2), starts=3, steps=10) is not None
    assert orbits_of(plrnn, linear(1.001), np.ones(2), starts=3, steps=10, longest=40000) is None


def test_where_an_orbit_escapes_there_are_none() -> None:
    with np.errstate(all="ignore"):
        assert orbits_of(cells.load("plrnn"), linear(1.5), np.ones(2), starts=3, steps=50) is None
