"""Growth of tangent frames along anything that is iterated: a map, a trained net."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from chaoslearn.escape import bounded, escape_bound
from chaoslearn.lyapunov.frames import (
    GrowthRecord,
    orthonormalise,
    require_bounded,
)

Array = npt.NDArray[np.float64]

NUMBERS_AT_ONCE = 2**17  # of Jacobians held: 1 MB, which stays in a core's cache
STEPS_AT_ONCE = 1024


def grow_along_steps(
    step: Callable[[Array], Array],
    jacobian: Callable[[Array], Array],
    states: Array,
    frames: Array,
    *,
    steps: int,
    transient: int,
    reorthonormalise: int = 1,
    name: str,
) -> GrowthRecord:
    """Push frames `(start, state, index)` along orbits of states `(start, state)`.

    `jacobian` takes many steps at once: `(start, step, state)` to `(start, step, state,
    state_from)`.

    Frames are orthonormalised every `reorthonormalise` steps; `steps` and `transient` are each
    rounded up to a whole number of those, so that no growth before step 0 is counted.
    """
    bound = escape_bound(states)
    require_bounded(states, bound, name, 0)
    record = GrowthRecord(len(frames), frames.shape[2], steps)
    settling = -(-transient // reorthonormalise) * reorthonormalise
    recorded = -(-steps // reorthonormalise) * reorthonormalise
    orbit = along_orbit(step, jacobian, states, settling + recorded)
    for taken, (tangent, states) in enumerate(orbit, start=1 - settling):
        frames = tangent @ frames
        if taken % reorthonormalise:
            continue
        require_bounded(states, bound, name, taken + settling)
        frames, log_growth = orthonormalise(frames)
        if taken > 0:
            record.add(log_growth, taken)
    return record


def along_orbit(
    step: Callable[[Array], Array], jacobian: Callable[[Array], Array], states: Array, count: int
) -> Iterator[tuple[Array, Array]]:
    """The Jacobian `(start, state, state_from)` of each of `count` steps, and the states after it.

    `states` are `(start, state)`, step and Jacobian as `grow_along_steps` takes them: Jacobians of
    many steps are asked for in one call, which costs little more than that of one.
    """
    starts, size = states.shape
    at_once = min(STEPS_AT_ONCE, max(1, NUMBERS_AT_ONCE // (starts * size**2)))
    for first in range(0, count, at_once):
        orbit = [states]
        with np.errstate(over="ignore", invalid="ignore"):  # of an orbit that escapes in the block
            for _ in range(min(at_once, count - first)):
                orbit.append(step(orbit[-1]))
            tangents = jacobian(np.stack(orbit[:-1], axis=1))
        yield from zip(np.moveaxis(tangents, 1, 0), orbit[1:], strict=True)
        states = orbit[-1]


def stay_bounded(
    step: Callable[[Array], Array], states: Array, steps: int
) -> npt.NDArray[np.bool_]:
    """Which orbits of a map do not escape to infinity within `steps` steps: `(orbit,)`.

    Args:
        step: maps states `(orbit, state)` to the next ones.
        states: where the orbits begin, `(orbit, state)`.
    """
    bound = escape_bound(states)
    inside = bounded(states, bound)
    for _ in range(steps):
        if not inside.any():
            break
        states = step(states)
        inside &= bounded(states, bound)
    return inside
