"""States on one attractor: of a bistable map, of chaos, and of a cycle in all its phases."""

import numpy as np

from chaoslearn.gradients.attractor import iterate, on_attractor


def test_all_states_are_on_the_attractor_the_orbit_leads_to() -> None:
    for beginning, expected in ((0.1, 1.0), (-0.1, -1.0)):  # z ← tanh-like map with two sinks
        states = on_attractor(
            lambda z: z + 0.1 * (z - z**3), np.array([beginning]), 5, np.random.default_rng(0)
        )
        np.testing.assert_allclose(states, np.full((5, 1), expected), atol=1e-12)


def test_chaos_makes_independent_orbits_of_them() -> None:
    """The logistic map at r = 4 visits x with density 1/(π√(x(1−x))): mean 1/2, variance 1/8."""
    states = on_attractor(
        lambda x: 4 * np.clip(x, 0, 1) * (1 - np.clip(x, 0, 1)), np.array([0.3]), 400,
        np.random.default_rng(0),
    )[:, 0]  # fmt: skip
    assert abs(states.mean() - 0.5) < 4 * np.sqrt(1 / 8 / 400)
    assert abs(np.corrcoef(states[1:], states[:-1])[0, 1]) < 4 / np.sqrt(400)


def test_a_cycle_is_met_in_all_its_phases() -> None:
    phases = on_attractor(lambda x: 3.5 * x * (1 - x), np.array([0.3]), 8, np.random.default_rng(0))
    assert len(np.unique(phases.round(6))) == 4


def test_iterate_counts_its_steps() -> None:
    assert iterate(lambda z: 2 * z, np.ones((1, 1)), 10).item() == 1024
