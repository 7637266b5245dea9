"""A damped oscillator, linear and exactly solvable: everything falls into its fixed point 0.

    x'' = −2 damping x' − frequency² x

For damping < frequency both exponents are −damping exactly.
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(_time: float, state: Array, *, damping: float, frequency: float) -> Array:
    """dstate/dt for `(x, velocity)`."""
    x, velocity = state
    return np.array([velocity, -2.0 * damping * velocity - frequency**2 * x])


def jacobian(_time: float, state: Array, *, damping: float, frequency: float) -> Array:
    """The derivative of the equations with respect to `(x, velocity)`: a constant."""
    return jacobian_matrix([[0.0, 1.0], [-(frequency**2), -2.0 * damping]], state)


SYSTEM = System(
    name="damped_oscillator",
    kind="flow",
    components=("x", "velocity"),
    equations=equations,
    jacobian=jacobian,
    parameters={"damping": 0.1, "frequency": 1.0},
    initial_state=(1.0, 0.0),
    time_unit="1",
    citation="Strogatz 2015, Nonlinear Dynamics and Chaos, doi:10.1201/9780429492563",
    reference=Reference(
        exponents=(-0.1, -0.1),
        kaplan_yorke=0.0,
        source="exact: the real parts of the eigenvalues",
        relative_tolerance=0.01,
    ),
)
