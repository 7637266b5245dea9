"""Van der Pol 1926: an oscillator that settles on one limit cycle.

    x'' = μ (1 − x²) x' − x

Sampled in time the cycle is an invariant circle: the largest exponent is zero.
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(_time: float, state: Array, *, mu: float) -> Array:
    """dstate/dt for `(x, velocity)`."""
    x, velocity = state
    return np.array([velocity, mu * (1.0 - x**2) * velocity - x])


def jacobian(_time: float, state: Array, *, mu: float) -> Array:
    """The derivative of the equations with respect to `(x, velocity)`."""
    x, velocity = state
    return jacobian_matrix([[0.0, 1.0], [-2.0 * mu * x * velocity - 1.0, mu * (1.0 - x**2)]], state)


SYSTEM = System(
    name="van_der_pol",
    kind="flow",
    components=("x", "velocity"),
    equations=equations,
    jacobian=jacobian,
    parameters={"mu": 1.0},
    initial_state=(2.0, 0.0),
    time_unit="1",
    citation="van der Pol 1926, Phil. Mag. 2, 978, doi:10.1080/14786442608564127",
    reference=Reference(
        exponents=(0.0, -1.0594),
        kaplan_yorke=1.0,
        source="the zero is exact; the other is the divergence averaged over the cycle (DOP853)",
        relative_tolerance=0.01,
    ),
)
