"""Lyapunov spectra from equations."""

import numpy as np

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.delays import grow_along_delay
from chaoslearn.lyapunov.flows import grow_along_flow
from chaoslearn.lyapunov.maps import grow_along_map
from chaoslearn.lyapunov.spectrum import Spectrum, require_positive, spectrum_of_record
from chaoslearn.systems.system import System

DELAY_EXPONENTS = 5  # a delay equation has infinitely many; these reach past D_KY of low chaos


def spectrum_of_system(
    system: System,
    *,
    starts: int,
    duration: float,
    transient: float,
    seed: int,
    count: int | None = None,
) -> Spectrum:
    """Lyapunov spectrum of a flow, a map or a delay equation by QR of its tangent map.

    Args:
        system: the equations; the Jacobian is taken by central differences where it has none.
        starts: initial conditions carried along at once, scattered around the system's own.
        duration: time over which growth is recorded (time units; steps for a map).
        transient: time before that, for the state to reach the attractor and the frame to turn
            into its directions.
        seed: of the scatter and of the first frames.
        count: exponents to compute; by default all, for a delay equation the first five.

    Returns:
        Exponents per time unit (per step for a map).

    Raises:
        InputError: an orbit escapes to infinity, or an argument is out of range.
    """
    require_positive(starts=starts, duration=duration)
    dimension = system.dimension
    count = count or (DELAY_EXPONENTS if system.kind == "delay" else dimension)
    if system.kind != "delay" and count > dimension:
        raise InputError(
            f"system {system.name}: {count} exponents asked for, it has {dimension}; lower count"
        )
    grow_along = {"flow": grow_along_flow, "map": grow_along_map, "delay": grow_along_delay}
    record = grow_along[system.kind](
        system,
        starts=starts,
        duration=duration,
        transient=transient,
        count=count,
        generator=np.random.default_rng(seed),
    )
    complete = system.kind != "delay" and count == dimension
    return spectrum_of_record(record, complete=complete)
