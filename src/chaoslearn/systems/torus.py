"""Two weakly coupled van der Pol oscillators of incommensurate frequencies: a torus.

    x'' = μ (1 − x²) x' − ω₁² x + coupling (y − x)
    y'' = μ (1 − y²) y' − ω₂² y + coupling (x − y)

Nothing grows and nothing fades along the torus: two zero exponents, an infinite prediction time.
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(
    _time: float,
    state: Array,
    *,
    mu: float,
    squared_frequency_x: float,
    squared_frequency_y: float,
    coupling: float,
) -> Array:
    """dstate/dt for `(x, velocity_x, y, velocity_y)`."""
    x, velocity_x, y, velocity_y = state
    pull = coupling * (y - x)
    return np.array(
        [
            velocity_x,
            mu * (1.0 - x**2) * velocity_x - squared_frequency_x * x + pull,
            velocity_y,
            mu * (1.0 - y**2) * velocity_y - squared_frequency_y * y - pull,
        ]
    )


def jacobian(
    _time: float,
    state: Array,
    *,
    mu: float,
    squared_frequency_x: float,
    squared_frequency_y: float,
    coupling: float,
) -> Array:
    """The derivative of the equations with respect to `(x, velocity_x, y, velocity_y)`."""
    x, velocity_x, y, velocity_y = state
    stiffness_x = -2.0 * mu * x * velocity_x - squared_frequency_x - coupling
    stiffness_y = -2.0 * mu * y * velocity_y - squared_frequency_y - coupling
    return jacobian_matrix(
        [
            [0.0, 1.0, 0.0, 0.0],
            [stiffness_x, mu * (1.0 - x**2), coupling, 0.0],
            [0.0, 0.0, 0.0, 1.0],
            [coupling, 0.0, stiffness_y, mu * (1.0 - y**2)],
        ],
        state,
    )


SYSTEM = System(
    name="torus",
    kind="flow",
    components=("x", "velocity_x", "y", "velocity_y"),
    equations=equations,
    jacobian=jacobian,
    parameters={
        "mu": 0.5,
        "squared_frequency_x": 1.0,
        "squared_frequency_y": 2.7,
        "coupling": 0.02,
    },
    initial_state=(2.0, 0.0, 0.0, 2.0),
    time_unit="1",
    citation="Rand and Holmes 1980, Int. J. Non-Linear Mech. 15, 387, "
    "doi:10.1016/0020-7462(80)90024-4",
    reference=Reference(
        exponents=(0.0, 0.0, -0.50, -0.51),
        kaplan_yorke=2.0,
        source="variational integration by this project's authors; the zeros are exact",
        relative_tolerance=0.01,
    ),
)
