"""The readout x̂ = B z, without bias, and its inverse, which brings an observation into the net."""

import torch
from torch import Tensor

from chaoslearn.cells.cell import Weights


def observe(weights: Weights, hidden: Tensor) -> Tensor:
    """x̂ = B z, `(member, sequence, component)`, of the hidden part `(member, sequence, latent)`."""
    return torch.bmm(hidden, weights["readout"].mT)


def pseudo_inverse(readout: Tensor) -> Tensor:
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


def _solve(matrix: Tensor, right_side: Tensor) -> Tensor:
    solution: Tensor = torch.linalg.solve_ex(matrix, right_side).result
    return solution
