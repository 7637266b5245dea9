"""Chua's circuit: chaos from one resistor whose characteristic is three straight lines.

x' = α (y − x − f(x)),  y' = x − y + z,  z' = −β y
f(x) = outer x + (inner − outer) (|x + 1| − |x − 1|) / 2
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(
    _time: float, state: Array, *, alpha: float, beta: float, inner: float, outer: float
) -> Array:
    """dstate/dt for `(x, y, z)`."""
    x, y, z = state
    current = outer * x + 0.5 * (inner - outer) * (np.abs(x + 1.0) - np.abs(x - 1.0))
    return np.array([alpha * (y - x - current), x - y + z, -beta * y])


def jacobian(
    _time: float, state: Array, *, alpha: float, beta: float, inner: float, outer: float
) -> Array:
    """The derivative of the equations; at the corners x = ±1 that of the outer side."""
    slope = np.where(np.abs(state[0]) < 1.0, inner, outer)
    return jacobian_matrix(
        [[-alpha * (1.0 + slope), alpha, 0.0], [1.0, -1.0, 1.0], [0.0, -beta, 0.0]], state
    )


SYSTEM = System(
    name="chua",
    kind="flow",
    components=("x", "y", "z"),
    equations=equations,
    jacobian=jacobian,
    parameters={"alpha": 15.6, "beta": 28.0, "inner": -8.0 / 7.0, "outer": -5.0 / 7.0},
    initial_state=(0.7, 0.0, 0.0),
    time_unit="1",
    citation="Matsumoto 1984, IEEE Trans. Circuits Syst. 31, 1055, doi:10.1109/TCS.1984.1085459",
    reference=Reference(
        exponents=(0.434, 0.0, -4.22),
        kaplan_yorke=2.10,
        source="variational integration by this project's authors",
        relative_tolerance=0.01,
    ),
)
