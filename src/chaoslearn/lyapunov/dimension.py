"""The Kaplan–Yorke dimension: what a Lyapunov spectrum says about the size of an attractor."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def kaplan_yorke_dimension(exponents: npt.ArrayLike) -> float:
    """Dimension D = j + Σ_{i≤j} λ_i / |λ_{j+1}|, j the last index whose partial sum is ≥ 0.

    Kaplan and Yorke (1979), doi:10.1007/BFb0064319.

    Args:
        exponents: (index,) Lyapunov exponents in any order and unit; order is restored here.

    Returns:
        0 where every exponent is negative; the number of exponents where no partial sum is
        negative (then all of phase space, or all that was computed, is filled).
    """
    ordered = np.sort(np.asarray(exponents, dtype=np.float64))[::-1]
    partial_sums = np.cumsum(ordered)
    filled = int(np.count_nonzero(np.cumprod(partial_sums >= 0)))
    if filled == 0 or filled == len(ordered):
        return float(filled)
    return float(filled + partial_sums[filled - 1] / abs(ordered[filled]))
