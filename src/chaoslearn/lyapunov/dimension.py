"""The Kaplan–Yorke dimension: what a Lyapunov spectrum says about the size of an attractor."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def kaplan_yorke_dimension(
    exponents: npt.ArrayLike, resolution: float = 0.0, *, complete: bool = True
) -> float:
    """Dimension D = j + Σ_{i≤j} λ_i / |λ_{j+1}|, j the last index whose partial sum is ≥ 0.

    Kaplan and Yorke (1979), doi:10.1007/BFb0064319.

    Args:
        exponents: (index,) Lyapunov exponents in any order and unit; order is restored here.
        resolution: sums down to minus this count as zero, so that a limit cycle whose zero
            exponent came out as −0.001 has dimension 1.
        complete: whether these are all exponents.

    Returns:
        0 where every exponent is negative; where no partial sum is negative the number of
        exponents, for all of phase space is filled, and NaN if there are more of them.
    """
    ordered = np.sort(np.asarray(exponents, dtype=np.float64))[::-1]
    partial_sums = np.cumsum(ordered)
    filled = int(np.count_nonzero(np.cumprod(partial_sums >= -resolution)))
    if filled == len(ordered):
        return float(filled) if complete else float("nan")
    if filled == 0:
        return 0.0
    return float(filled + max(0.0, partial_sums[filled - 1]) / abs(ordered[filled]))
