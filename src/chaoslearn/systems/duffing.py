"""The Duffing oscillator in a double well, driven by a cosine, as the paper's released series.

    x'' = −damping x' + x − x³ + amplitude cos(φ),  φ' = frequency

The phase φ is a state component, so the flow is autonomous and has a zero exponent for it; what
is recorded is cos φ. The exponents sum to −damping.
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System, jacobian_matrix


def equations(
    _time: float, state: Array, *, damping: float, amplitude: float, frequency: float
) -> Array:
    """dstate/dt for `(x, velocity, phase)`."""
    x, velocity, phase = state
    force = amplitude * np.cos(phase)
    return np.array([velocity, -damping * velocity + x - x**3 + force, np.full_like(x, frequency)])


def jacobian(
    _time: float,
    state: Array,
    *,
    damping: float,
    amplitude: float,
    frequency: float,
) -> Array:
    """The derivative of the equations with respect to `(x, velocity, phase)`."""
    x, _, phase = state
    by_phase = -amplitude * np.sin(phase)
    return jacobian_matrix(
        [[0.0, 1.0, 0.0], [1.0 - 3.0 * x**2, -damping, by_phase], [0.0, 0.0, 0.0]], state
    )


def observe(state: Array) -> Array:
    """What is recorded: `(x, velocity, cos phase)`."""
    x, velocity, phase = state
    return np.array([x, velocity, np.cos(phase)])


SYSTEM = System(
    name="duffing",
    kind="flow",
    components=("x", "velocity", "phase"),
    equations=equations,
    jacobian=jacobian,
    parameters={"damping": 0.1, "amplitude": 0.35, "frequency": 1.4},
    initial_state=(0.5, 0.0, 0.0),
    time_unit="1",
    citation="Kovacic and Brennan 2011, The Duffing Equation, doi:10.1002/9780470977859",
    reference=Reference(
        exponents=(0.128, 0.0, -0.228),
        kaplan_yorke=2.56,
        source="variational integration by this project's authors: 0.128 ± 0.001; "
        "the sum is −damping",
        relative_tolerance=0.03,
    ),
    observe=observe,
    observed_components=("x", "velocity", "cos_phase"),
)
