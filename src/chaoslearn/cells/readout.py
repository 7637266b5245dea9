"""The readout x̂ = B z, without bias, and its inverse, which brings an observation into the net."""

import numpy as np

from chaoslearn.cells.arithmetic import library
from chaoslearn.cells.cell import AnyArray, Weights


def observe(weights: Weights, hidden: AnyArray) -> AnyArray:
    """x̂ = B z, `(member, sequence, component)`, of the hidden part `(member, sequence, latent)`."""
    return hidden @ weights["readout"].mT


def pseudo_inverse(readout: AnyArray) -> AnyArray:
    """B⁺ `(member, latent, component)` of the readout B `(member, component, latent)`.

    A wide B has Bᵀ(BBᵀ)⁻¹, a right inverse (B B⁺ = 1); any other the least-squares inverse
    (BᵀB)⁻¹Bᵀ, a left one. One small solve instead of a singular value decomposition. A B without
    full rank gives numbers that are not finite in its own member, and no error: that member has
    failed, the others go on.
    """
    component, latent = readout.shape[-2:]
    transposed = readout.mT
    if component < latent:
        return _solve(readout @ transposed, readout).mT
    return _solve(transposed @ readout, transposed)


def _solve(matrix: AnyArray, right_side: AnyArray) -> AnyArray:
    if isinstance(matrix, np.ndarray):
        return np.stack([_solve_one(*member) for member in zip(matrix, right_side, strict=True)])
    return library(matrix).linalg.solve_ex(matrix, right_side).result


def _solve_one(matrix: AnyArray, right_side: AnyArray) -> AnyArray:
    try:
        return np.linalg.solve(matrix, right_side)
    except np.linalg.LinAlgError:  # singular
        return np.full_like(right_side, np.nan)
