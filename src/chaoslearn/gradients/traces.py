"""The Jacobian product ∂z_T/∂z_1 = J_T … J_2 along orbits, its norm followed in log space."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.gradients.recording import check_arguments

Array = npt.NDArray[np.float64]


def jacobian_trace(cell: Cell, weights: Weights, states: Tensor, steps: Sequence[int]) -> Array:
    """Trace ln ‖∂z_T/∂z_1‖ `(start, steps)`, the spectral norm, at the times T in `steps`.

    `weights` are one member's `(1, …)`, `states` the z_1 of several orbits `(start, state)`, best
    on the attractor, all float64. At T = 1 the product is empty and its norm 1. Each product is
    brought back to norm 1 at every step and the logarithms are added up, so T is not limited by
    the range of numbers; a product that vanishes exactly has ln 0 = −inf from then on.

    The growth rate of this norm is the largest Lyapunov exponent (Mikhaeil, Monfared, Durstewitz
    2022, arXiv:2110.07238, eq. 6; Oseledets' theorem).
    """
    check_arguments(weights, states, steps)
    state, recorded = states[None], set(steps)
    product = torch.eye(states.shape[1], dtype=states.dtype).expand(len(states), -1, -1)
    log_scale = torch.zeros(len(states), dtype=states.dtype)
    trace = []
    with torch.no_grad():
        for time in range(1, steps[-1] + 1):
            if time in recorded:
                trace.append(log_scale + torch.linalg.matrix_norm(product, 2).log())
            product = cell.jacobian(weights, state)[0] @ product
            product, log_scale = _rescale(product, log_scale)
            state = cell.step(weights, state)
    return torch.stack(trace, dim=1).numpy()


def _rescale(product: Tensor, log_scale: Tensor) -> tuple[Tensor, Tensor]:
    """Divide each product `(start, …)` by its norm and note the logarithm."""
    norm = torch.linalg.matrix_norm(product)
    norm = torch.where(norm > 0, norm, 1.0)
    return product / norm[:, None, None], log_scale + norm.log()
