"""Growth of tangent frames along iterated maps: systems of kind map, and trained nets."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from chaoslearn.lyapunov.frames import GrowthRecord, orthonormalise, random_frames
from chaoslearn.lyapunov.starts import require_finite, scattered_states
from chaoslearn.systems.system import System

Array = npt.NDArray[np.float64]


def grow_along_map(
    system: System,
    *,
    starts: int,
    duration: float,
    transient: float,
    count: int,
    generator: np.random.Generator,
) -> GrowthRecord:
    """Log growth of `count` tangent directions over `duration` steps of a map."""
    states = scattered_states(system, starts, generator).T
    frames = random_frames(generator, starts, system.dimension, count)
    return grow_along_steps(
        lambda at: system.rate(at.T).T,
        lambda at: np.moveaxis(system.linearise(at.T), -1, 0),
        states,
        frames,
        steps=round(duration),
        transient=round(transient),
        name=f"system {system.name}",
    )


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
