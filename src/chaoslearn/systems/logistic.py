"""The logistic map: x ← r x (1 − x). At r = 4 its exponent is ln 2 exactly."""

import math

from chaoslearn.systems.system import Array, Reference, System


def equations(state: Array, *, r: float) -> Array:
    """The next `(x,)`."""
    return r * state * (1.0 - state)


def jacobian(state: Array, *, r: float) -> Array:
    """The derivative of the next state with respect to `(x,)`."""
    return (r * (1.0 - 2.0 * state))[None]


SYSTEM = System(
    name="logistic",
    kind="map",
    components=("x",),
    equations=equations,
    jacobian=jacobian,
    parameters={"r": 4.0},
    initial_state=(0.3,),
    time_unit="step",
    citation="May 1976, Nature 261, 459, doi:10.1038/261459a0",
    reference=Reference(
        exponents=(math.log(2.0),),
        kaplan_yorke=1.0,
        source="exact: conjugate to the tent map",
        relative_tolerance=0.01,
    ),
)
