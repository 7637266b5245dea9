"""How far the exponents and the dimension of a reconstruction are from the system's."""

import numpy as np
import numpy.typing as npt

from chaoslearn.measures.inputs import Series


def relative_error(values: npt.ArrayLike, reference: float) -> Series:
    """|value − reference| / |reference|: for the largest exponent, or the Kaplan-Yorke dimension.

    Args:
        values: of trained nets, `(member,)`, in the units of the reference.
        reference: of the system.

    Returns:
        `(member,)`; nan where the reference is zero or unknown: a torus has no relative error.
    """
    values = np.asarray(values, float)
    if not np.isfinite(reference) or reference == 0:
        return np.full(values.shape, np.nan)
    return np.asarray(np.abs(values - reference) / abs(reference))


def spectrum_difference(exponents: npt.ArrayLike, reference: npt.ArrayLike) -> Series:
    """λ_i − λ_i,reference for as many exponents as are known of both.

    Args:
        exponents: of trained nets, `(member, index)`, descending, per time unit.
        reference: of the system, `(true_index,)`, descending, per time unit.

    Returns:
        `(member, index)`; nan beyond the system's last exponent: a net's surplus is contraction
        onto the attractor.
    """
    exponents, reference = np.asarray(exponents, float), np.asarray(reference, float)
    known = min(exponents.shape[1], len(reference))
    difference: Series = np.full(exponents.shape, np.nan)
    difference[:, :known] = exponents[:, :known] - reference[:known]
    return difference
