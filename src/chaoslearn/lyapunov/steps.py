"""Growth of tangent frames along anything that is iterated: a map, a trained net."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from chaoslearn.lyapunov.frames import GrowthRecord, orthonormalise, require_finite

Array = npt.NDArray[np.float64]


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

    Frames are orthonormalised every `reorthonormalise` steps; `steps` and `transient` are each
    rounded up to a whole number of those, so that no growth before step 0 is counted.
    """
    record = GrowthRecord(len(frames), frames.shape[2], steps)
    settling = -(-transient // reorthonormalise) * reorthonormalise
    taken = -settling
    while taken < steps:
        for _ in range(reorthonormalise):
            frames = jacobian(states) @ frames
            states = step(states)
        taken += reorthonormalise
        require_finite(states, name, taken + settling)
        frames, log_growth = orthonormalise(frames)
        if taken > 0:
            record.add(log_growth, taken)
    return record
