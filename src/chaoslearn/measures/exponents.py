"""How far the exponents and the dimension of a reconstruction are from the system's."""

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.measures.inputs import Series


def relative_error(value: float, reference: float) -> float:
    """|value − reference| / |reference|: for the largest exponent, or the Kaplan-Yorke dimension.

    Args:
        value: of the trained net, in the units of the reference (exponents of a net are per
            step: divide by the sampling step first).
        reference: of the system.

    Raises:
        InputError: the reference is zero or not finite (a torus has no relative error; compare
            differences instead).
    """
    if not np.isfinite(reference) or reference == 0:
        raise InputError(
            f"relative error: reference {reference} gives none; compare differences instead"
        )
    return abs(value - reference) / abs(reference)


def spectrum_difference(exponents: npt.ArrayLike, reference: npt.ArrayLike) -> Series:
    """λ_i − λ_i,reference for as many exponents as the system has.

    Args:
        exponents: of the trained net, `(index,)`, in descending order, per time unit; a net has
            more than the system, and the surplus (contraction onto the attractor) is left out.
        reference: of the system, `(index,)`, descending, per time unit.

    Returns:
        `(index,)` with the length of the reference.

    Raises:
        InputError: the net has fewer exponents than the system.
    """
    exponents, reference = np.asarray(exponents, float), np.asarray(reference, float)
    if len(exponents) < len(reference):
        raise InputError(
            f"spectrum: {len(exponents)} exponents against {len(reference)} of the reference; "
            "compute as many as the system has"
        )
    difference: Series = exponents[: len(reference)] - reference
    return difference
