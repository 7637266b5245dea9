"""The readout's right inverse B⁺ = Bᵀ(BBᵀ)⁻¹ and how a gradient flows through it to B."""

import math

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled


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
            rest = np.sum(wide[row] * wide[column])
            rest -= np.sum(factor[row, :column] * factor[column, :column])
            if row == column:
                factor[row, row] = math.sqrt(rest)
            else:
                factor[row, column] = rest / factor[column, column]
    for row in range(size):
        inverse[row, row] = 1.0 / factor[row, row]
        for column in range(row):
            rest = np.sum(factor[row, column:row] * inverse[column:row, column])
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
def pseudo_inverse(readout: NDArray[np.float32], gram: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return B⁺ = BᵀG `(latent, component)`."""
    return product(readout.T.astype(np.float64), gram).astype(np.float32)


@compiled
def add_readout_gradient(
    readout: NDArray[np.float32],
    gram: NDArray[np.float64],
    inverse_gradient: NDArray[np.float32],
    readout_gradient: NDArray[np.float32],
) -> None:
    """Add what the gradient D = ∂L/∂B⁺ `(latent, component)` gives to ∂L/∂B `(component, latent)`.

    From dB⁺ = (1 − B⁺B)dBᵀG − B⁺dB B⁺ follows ∂L/∂B = GDᵀ(1 − B⁺B) − (B⁺DᵀB⁺)ᵀ.
    """
    wide = readout.astype(np.float64)
    inverse = product(wide.T, gram)
    gradient = inverse_gradient.T.astype(np.float64)
    weighted = product(gram, gradient)
    through_projection = product(product(weighted, inverse), wide)
    through_inverse = product(inverse, product(gradient, inverse))
    components, latents = readout.shape
    for row in range(components):
        for column in range(latents):
            readout_gradient[row, column] += np.float32(
                weighted[row, column]
                - through_projection[row, column]
                - through_inverse[column, row]
            )
