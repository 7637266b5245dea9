"""Initial conditions, scattered around the system's own."""

import numpy as np
import numpy.typing as npt

from chaoslearn.series.integrate import start_near
from chaoslearn.systems.system import System

Array = npt.NDArray[np.float64]


def scattered_states(system: System, starts: int, generator: np.random.Generator) -> Array:
    """States `(component, start)` near the initial state; chaos spreads them in the transient."""
    return np.stack([start_near(system, generator) for _ in range(starts)], axis=1)
