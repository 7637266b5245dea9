"""Lyapunov spectra of trained nets, or of anything else that is a step and its Jacobian.

Apart from those of systems, so that what measures nets depends on no integrator.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from chaoslearn.lyapunov.frames import random_frames
from chaoslearn.lyapunov.spectrum import Spectrum, require_positive, spectrum_of_record
from chaoslearn.lyapunov.steps import grow_along_steps

Array = npt.NDArray[np.float64]


def spectrum_of_network(
    step: Callable[[Array], Array],
    jacobian: Callable[[Array], Array],
    states: Array,
    *,
    steps: int,
    transient: int,
    count: int | None = None,
    reorthonormalise: int = 1,
    seed: int = 0,
) -> Spectrum:
    """Lyapunov spectrum of any iterated map given as step and Jacobian, such as a trained net.

    Args:
        step: maps states `(start, state)` to the next ones.
        jacobian: ∂step/∂state along orbits, `(start, step, state)` to `(start, step, state,
            state_from)`: of many steps at once, since each call costs.
        states: `(start, state)`; a start may be an initial condition or a member of an ensemble.
        steps: steps over which growth is recorded.
        transient: steps before that.
        count: exponents to compute; by default as many as the state has entries.
        reorthonormalise: steps between two QRs. One is always right. A product of k Jacobians
            keeps the weakest direction to a relative 2e-16 · exp(k (λ_1 − λ_count)), so larger
            values, which save time, suit nets whose exponents lie close together.
        seed: of the first frames.

    Returns:
        Exponents per step; one row of `per_start` for each start.

    Raises:
        InputError: states become infinite or NaN, or an argument is out of range.
    """
    require_positive(steps=steps, reorthonormalise=reorthonormalise)
    starts, size = states.shape
    frames = random_frames(np.random.default_rng(seed), starts, size, count or size)
    record = grow_along_steps(
        step,
        jacobian,
        states,
        frames,
        steps=steps,
        transient=transient,
        reorthonormalise=reorthonormalise,
        name="network",
    )
    return spectrum_of_record(record, complete=frames.shape[2] == size)
