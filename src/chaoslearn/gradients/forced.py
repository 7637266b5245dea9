"""How far gradients grow between two forcings: the forced exponent.

A sparsely forced net starts anew from B⁺x every τ steps, and its Jacobian products with it, so
that none is longer than τ. In chaos the largest factor inside a segment is about e^{λτ}: twofold
at τ_pred = ln 2 / λ (Mikhaeil, Monfared, Durstewitz 2022, section 4).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.gradients.traces import jacobian_trace

Array = npt.NDArray[np.float64]


def largest_factors(cell: Cell, weights: Weights, states: Array, intervals: Sequence[int]) -> Array:
    """ln of the largest ‖∂z_{s+t}/∂z_s‖ with t ≤ τ, `(start, interval)`, for each τ of `intervals`.

    `weights` are one member's `(1, …)`, `states` `(start, state)` those that segments begin from,
    lifted from observations, all float64. The largest is looked for among the intervals, which
    ascend from 1 or later. As segments of every length begin alike, one run serves them all.
    """
    norms = jacobian_trace(cell, weights, states, [interval + 1 for interval in intervals])
    return np.maximum.accumulate(norms, axis=1)
