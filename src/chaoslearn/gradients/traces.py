"""The Jacobian product ∂z_T/∂z_1 = J_T … J_2 along orbits, its norm followed in log space."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.orbits import as_map
from chaoslearn.gradients.recording import check_arguments
from chaoslearn.lyapunov.steps import along_orbit

Array = npt.NDArray[np.float64]


def jacobian_trace(cell: Cell, weights: Weights, states: Array, steps: Sequence[int]) -> Array:
    """Trace ln ‖∂z_T/∂z_1‖ `(start, steps)`, the spectral norm, at the times T in `steps`.

    `weights` are one member's `(1, …)`, `states` the z_1 of several orbits `(start, state)`, best
    on the attractor, all float64. At T = 1 the product is empty and its norm 1. Each product is
    brought back to norm 1 at every step and the logarithms are added up, so T is not limited by
    the range of numbers; a product that vanishes exactly has ln 0 = −inf from then on.

    The growth rate of this norm is the largest Lyapunov exponent (Mikhaeil, Monfared, Durstewitz
    2022, arXiv:2110.07238, eq. 6; Oseledets' theorem).
    """
    check_arguments(weights, states, steps)
    recorded = set(steps)
    orbit = along_orbit(*as_map(cell, weights), states, steps[-1] - 1)
    product = np.broadcast_to(np.eye(states.shape[1]), (len(states), *states.shape[1:] * 2))
    log_scale = np.zeros(len(states))
    trace = []
    for time in range(1, steps[-1] + 1):
        if time > 1:
            tangent, _ = next(orbit)
            product, log_scale = _rescale(tangent @ product, log_scale)
        if time in recorded:
            trace.append(log_scale + _log(np.linalg.norm(product, 2, axis=(1, 2))))
    return np.stack(trace, axis=1)


def _rescale(product: Array, log_scale: Array) -> tuple[Array, Array]:
    """Divide each product `(start, …)` by its norm and note the logarithm."""
    norm = np.linalg.norm(product, axis=(1, 2))
    norm[norm == 0] = 1.0
    return product / norm[:, None, None], log_scale + np.log(norm)


def _log(norm: Array) -> Array:
    with np.errstate(divide="ignore"):  # ln 0 = −inf is meant
        return np.log(norm)
