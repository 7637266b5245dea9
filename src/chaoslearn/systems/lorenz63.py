"""Lorenz 1963: three modes of convection between two plates.

    x' = σ(y − x),  y' = x(ρ − z) − y,  z' = xy − βz

The divergence is −(σ + 1 + β) everywhere, so the exponents sum to it exactly.
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(_time: float, state: Array, *, sigma: float, rho: float, beta: float) -> Array:
    """dstate/dt for `(x, y, z)`."""
    x, y, z = state
    return np.array([sigma * (y - x), x * (rho - z) - y, x * y - beta * z])


def jacobian(_time: float, state: Array, *, sigma: float, rho: float, beta: float) -> Array:
    """The derivative of the equations with respect to `(x, y, z)`."""
    x, y, z = state
    return jacobian_matrix([[-sigma, sigma, 0.0], [rho - z, -1.0, -x], [y, x, -beta]], state)


SYSTEM = System(
    name="lorenz63",
    kind="flow",
    components=("x", "y", "z"),
    equations=equations,
    jacobian=jacobian,
    parameters={"sigma": 10.0, "rho": 28.0, "beta": 8.0 / 3.0},
    initial_state=(1.0, 1.0, 20.0),
    time_unit="1",
    citation="Lorenz 1963, J. Atmos. Sci. 20, 130, "
    "doi:10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2",
    reference=Reference(
        exponents=(0.9056, 0.0, -14.5723),
        kaplan_yorke=2.062,
        source="Sprott 2003, Chaos and Time-Series Analysis",
        relative_tolerance=0.01,
    ),
)
