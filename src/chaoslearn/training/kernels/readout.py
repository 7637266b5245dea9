"""The readout's right inverse B⁺ = Bᵀ(BBᵀ)⁻¹ and how a gradient flows through it to B."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled


class Readout(NamedTuple):
    """One member's readout B.

    Attributes
    ----------
    matrix, negative : B and −B `(component, latent)`.
    transposed, inverse : Bᵀ and B⁺ `(latent, component)`.
    gram : G = (BBᵀ)⁻¹ `(component, component)`, float64.
    """

    matrix: NDArray[np.float32]
    transposed: NDArray[np.float32]
    negative: NDArray[np.float32]
    gram: NDArray[np.float64]
    inverse: NDArray[np.float32]


@compiled
def inverse_gram(readout: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return G = (BBᵀ)⁻¹ `(component, component)` of B `(component, latent)`, N ≤ M.

    By Cholesky's BBᵀ = LLᵀ in float64; not finite where the rows of B depend on each other.
    """
    size = readout.shape[0]
    wide = readout.astype(np.float64)
    factor = np.zeros((size, size))
    inverse = np.zeros((size, size))  # of the factor
    for row in range(size):
        for column in range(row + 1):
            rest = 0.0
            for k in range(wide.shape[1]):
                rest += wide[row, k] * wide[column, k]
            for k in range(column):
                rest -= factor[row, k] * factor[column, k]
            if row == column:
                factor[row, row] = math.sqrt(rest)
            else:
                factor[row, column] = rest / factor[column, column]
    for row in range(size):
        inverse[row, row] = 1.0 / factor[row, row]
        for column in range(row):
            rest = 0.0
            for k in range(column, row):
                rest += factor[row, k] * inverse[k, column]
            inverse[row, column] = -rest / factor[row, row]
    return product(inverse.T, inverse)


@compiled
def product(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return left @ right, for matrices too small for a library call to pay."""
    rows, depth = left.shape
    columns = right.shape[1]
    result = np.zeros((rows, columns))
    for row in range(rows):
        for k in range(depth):
            for column in range(columns):
                result[row, column] += left[row, k] * right[k, column]
    return result


@compiled
def prepare(readout: NDArray[np.float32]) -> Readout:
    """Return one member's readout `(component, latent)` in the forms the kernels use."""
    gram = inverse_gram(readout)
    transposed = readout.T.copy()
    inverse = product(transposed.astype(np.float64), gram)
    return Readout(readout, transposed, -readout, gram, inverse.astype(np.float32))


@compiled
def add_readout_gradient(
    readout: Readout, of_inverse: NDArray[np.float32], of_readout: NDArray[np.float32]
) -> None:
    """Add what the gradient D = ∂L/∂B⁺ `(latent, component)` gives to ∂L/∂B `(component, latent)`.

    From dB⁺ = (1 − B⁺B)dBᵀG − B⁺dB B⁺ follows ∂L/∂B = GDᵀ(1 − B⁺B) − (B⁺DᵀB⁺)ᵀ.
    """
    matrix = readout.matrix.astype(np.float64)
    inverse = product(matrix.T, readout.gram)
    gradient = of_inverse.T.astype(np.float64)
    weighted = product(readout.gram, gradient)
    projected = product(product(weighted, inverse), matrix)
    through_inverse = product(inverse, product(gradient, inverse))
    components, latents = matrix.shape
    for row in range(components):
        for column in range(latents):
            direct = weighted[row, column] - projected[row, column]
            of_readout[row, column] += np.float32(direct - through_inverse[column, row])
