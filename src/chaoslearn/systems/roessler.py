"""Rössler 1976: the simplest folded band of chaos, one nonlinear term.

x' = −y − z,  y' = x + a y,  z' = b + z (x − c)
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(_time: float, state: Array, *, a: float, b: float, c: float) -> Array:
    """dstate/dt for `(x, y, z)`."""
    x, y, z = state
    return np.array([-y - z, x + a * y, b + z * (x - c)])


def jacobian(_time: float, state: Array, *, a: float, b: float, c: float) -> Array:
    """The derivative of the equations with respect to `(x, y, z)`; `b` leaves no trace in it."""
    x, _, z = state
    return jacobian_matrix([[0.0, -1.0, -1.0], [1.0, a, 0.0], [z, 0.0, x - c]], state)


SYSTEM = System(
    name="roessler",
    kind="flow",
    components=("x", "y", "z"),
    equations=equations,
    jacobian=jacobian,
    parameters={"a": 0.2, "b": 0.2, "c": 5.7},
    initial_state=(1.0, 1.0, 1.0),
    time_unit="1",
    citation="Rössler 1976, Phys. Lett. A 57, 397, doi:10.1016/0375-9601(76)90101-8",
    reference=Reference(
        exponents=(0.0714, 0.0, -5.3943),
        kaplan_yorke=2.013,
        source="Sprott 2003, Chaos and Time-Series Analysis",
        relative_tolerance=0.03,
    ),
)
