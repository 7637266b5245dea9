"""Growth of tangent frames along systems of kind map."""

import numpy as np

from chaoslearn.lyapunov.frames import GrowthRecord, random_frames
from chaoslearn.lyapunov.starts import scattered_states
from chaoslearn.lyapunov.steps import grow_along_steps
from chaoslearn.systems.system import System


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
