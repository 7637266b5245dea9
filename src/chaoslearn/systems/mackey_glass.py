"""Mackey and Glass 1977: the number of blood cells, made one delay after they are missed.

x'(t) = β x(t − delay) / (1 + x(t − delay)^n) − γ x(t)
"""

import numpy as np

from chaoslearn.systems.system import Array, Reference, System


def equations(
    _time: float,
    state: Array,
    delayed: Array,
    *,
    beta: float,
    gamma: float,
    n: float,
    delay: float,
) -> Array:
    """dstate/dt for `(x,)` now and one delay ago."""
    return beta * delayed / (1.0 + delayed**n) - gamma * state


def jacobian(
    _time: float,
    state: Array,
    delayed: Array,
    *,
    beta: float,
    gamma: float,
    n: float,
    delay: float,
) -> tuple[Array, Array]:
    """The derivatives of the equations with respect to `state` and to `delayed`."""
    power = delayed**n
    by_delayed = beta * (1.0 + (1.0 - n) * power) / (1.0 + power) ** 2
    return np.full_like(state, -gamma)[np.newaxis], by_delayed[np.newaxis]


SYSTEM = System(
    name="mackey_glass",
    kind="delay",
    components=("x",),
    equations=equations,
    jacobian=jacobian,
    parameters={"beta": 0.2, "gamma": 0.1, "n": 10.0, "delay": 17.0},
    initial_state=(0.9,),
    time_unit="1",
    citation="Mackey and Glass 1977, Science 197, 287, doi:10.1126/science.267326",
    reference=Reference(
        exponents=(0.006, 0.0),
        kaplan_yorke=2.1,
        source="Farmer 1982, Physica D 4, 366, doi:10.1016/0167-2789(82)90042-2: 0.005 to 0.007",
        relative_tolerance=0.17,
    ),
)
