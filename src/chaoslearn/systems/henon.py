"""Hénon 1976: stretch and fold of the plane.

    x ← 1 − a x² + y,  y ← b x

Every step shrinks areas by b, so the exponents sum to ln b exactly.
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(state: Array, *, a: float, b: float) -> Array:
    """The next `(x, y)`."""
    x, y = state
    return np.array([1.0 - a * x**2 + y, b * x])


def jacobian(state: Array, *, a: float, b: float) -> Array:
    """The derivative of the next state with respect to `(x, y)`."""
    x, _ = state
    return jacobian_matrix([[-2.0 * a * x, 1.0], [b, 0.0]], state)


SYSTEM = System(
    name="henon",
    kind="map",
    components=("x", "y"),
    equations=equations,
    jacobian=jacobian,
    parameters={"a": 1.4, "b": 0.3},
    initial_state=(0.1, 0.1),
    time_unit="step",
    citation="Hénon 1976, Commun. Math. Phys. 50, 69, doi:10.1007/BF01608556",
    reference=Reference(
        exponents=(0.41922, -1.62319),
        kaplan_yorke=1.258,
        source="Sprott 2003, Chaos and Time-Series Analysis",
        relative_tolerance=0.01,
    ),
)
