"""Points on the attractor that one orbit leads to: where traces of a net begin."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Step = Callable[[Array], Array]

SETTLING_STEPS = 2000
SPACING = 97  # steps between two points; a prime, so that every phase of a short cycle is met
NUDGE = 1e-4  # of the largest entry


def on_attractor(
    step: Step, beginning: Array, starts: int, generator: np.random.Generator
) -> Array:
    """States `(start, state)` on the attractor that the orbit from `beginning` `(state,)` reaches.

    A net may have several attractors, and an exponent belongs to one of them. So all states are
    points of one orbit; each is nudged and settles anew, by which chaos makes independent orbits
    of them. `step` maps states `(start, state)`. What escapes to infinity is not finite.
    """
    state = iterate(step, beginning[None], SETTLING_STEPS)
    points = []
    for _ in range(starts):
        state = iterate(step, state, SPACING)
        points.append(state[0])
    states = np.array(points)
    nudges = NUDGE * np.abs(states).max() * generator.standard_normal(states.shape)
    return iterate(step, states + nudges, SETTLING_STEPS)


def iterate(step: Step, states: Array, steps: int) -> Array:
    """Where `states` `(start, state)` are `steps` steps later."""
    for _ in range(steps):
        states = step(states)
    return states
