"""Growth of tangent frames along systems of kind map."""

import numpy as np
import numpy.typing as npt

from chaoslearn.lyapunov.frames import GrowthRecord, random_frames
from chaoslearn.lyapunov.starts import scattered_states
from chaoslearn.lyapunov.steps import grow_along_steps
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
        lambda at: _jacobians(system, at),
        states,
        frames,
        steps=round(duration),
        transient=round(transient),
        name=f"system {system.name}",
    )


def _jacobians(system: System, at: Array) -> Array:
    """Along orbits `(start, step, component)`: `(start, step, component, component_from)`."""
    flat = at.reshape(-1, system.dimension)
    return np.moveaxis(system.linearise(flat.T), -1, 0).reshape(*at.shape, system.dimension)
