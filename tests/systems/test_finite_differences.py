"""Central differences against exact derivatives."""

import numpy as np

from chaoslearn.systems.finite_differences import central_differences


def test_exact_for_quadratics_and_close_for_the_rest() -> None:
    state = np.array([[0.3, -2.0], [1.5, 40.0]])

    def function(at: np.ndarray) -> np.ndarray:
        return np.array([at[0] * at[1], np.sin(at[0]), at[1] ** 2])

    derivative = central_differences(function, state)
    x, y = state
    zero = np.zeros(2)
    exact = np.array([[y, x], [np.cos(x), zero], [zero, 2 * y]])
    assert derivative.shape == (3, 2, 2)
    np.testing.assert_allclose(derivative, exact, rtol=1e-9, atol=1e-9)
