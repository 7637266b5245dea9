"""What cells are made of, for arrays of numpy and of torch alike.

Torch differentiates by itself and computes on cards; everywhere else nets are numpy. Operators and
indices mean the same to both and need nothing from here.
"""

from typing import Any

import numpy as np
from scipy.special import expit

from chaoslearn.cells.cell import AnyArray


def library(array: AnyArray) -> Any:
    """numpy or torch, for functions that both have by one name: `library(x).exp(x)`."""
    if isinstance(array, np.ndarray):
        return np
    import torch  # takes seconds, and is there where its arrays are

    return torch


def affine(matrix: AnyArray, offset: AnyArray, state: AnyArray) -> AnyArray:
    """W z + b, `(member, sequence, row)`.

    `matrix` is `(member, row, column)`, `offset` `(member, row)`, `state`
    `(member, sequence, column)`.
    """
    if isinstance(state, np.ndarray):
        return state @ matrix.mT + offset[:, None]
    return offset[:, None].baddbmm(state, matrix.mT)


def tanh(values: AnyArray) -> AnyArray:
    """Hyperbolic tangent."""
    return np.tanh(values) if isinstance(values, np.ndarray) else values.tanh()


def sigmoid(values: AnyArray) -> AnyArray:
    """σ(x) = 1 / (1 + exp(−x))."""
    return expit(values) if isinstance(values, np.ndarray) else values.sigmoid()


def relu(values: AnyArray) -> AnyArray:
    """max(x, 0); automatic differentiation takes the slope at 0 as 0."""
    return np.maximum(values, 0) if isinstance(values, np.ndarray) else values.relu()


def parts(stacked: AnyArray, count: int, axis: int = -1) -> list[AnyArray]:
    """Cut an axis (−1, −2, …), such as the gates' or that of (h, c), into `count` equal parts."""
    if not isinstance(stacked, np.ndarray):
        return list(stacked.chunk(count, dim=axis))
    size = stacked.shape[axis] // count
    behind = (slice(None),) * (-1 - axis)
    cuts: list[Any] = [(..., slice(k * size, (k + 1) * size), *behind) for k in range(count)]
    return [stacked[cut] for cut in cuts]


def joined(arrays: list[AnyArray]) -> AnyArray:
    """Lay arrays side by side along the last axis, as `parts` takes them apart."""
    return library(arrays[0]).concatenate(arrays, axis=-1)


def zeros_like(values: AnyArray) -> AnyArray:
    """As many zeros."""
    return library(values).zeros_like(values)


def scale_rows(factors: AnyArray, matrix: AnyArray) -> AnyArray:
    """diag(s) W for every sequence, `(member, sequence, row, column)`.

    `factors` is `(member, sequence, row)`, `matrix` `(member, row, column)`.
    """
    return factors[..., None] * matrix[:, None]


def diagonal(values: AnyArray) -> AnyArray:
    """diag(v), `(…, row, column)`, of `(…, row)`."""
    if not isinstance(values, np.ndarray):
        return values.diag_embed()
    own = np.arange(values.shape[-1])
    embedded = np.zeros((*values.shape, len(own)), values.dtype)
    embedded[..., own, own] = values
    return embedded


def beside_diagonals(
    above: AnyArray, right_above: AnyArray, below: AnyArray, right_below: AnyArray
) -> AnyArray:
    """The matrix of blocks A diag(v) over C diag(w), `(…, row, column)`; written once, for speed.

    A and C are `(…, row, column)`, square, v and w `(…, row)`.
    """
    size, numpy = above.shape[-1], isinstance(above, np.ndarray)
    shape = (*above.shape[:-2], 2 * size, 2 * size)
    whole = np.zeros(shape, above.dtype) if numpy else above.new_zeros(shape)
    whole[..., :size, :size] = above
    whole[..., size:, :size] = below
    entries = whole.reshape(*shape[:-2], -1)  # a view: diagonals lie at equal distances
    lower_half, stride = 2 * size**2, 2 * size + 1
    entries[..., size:lower_half:stride] = right_above
    entries[..., lower_half + size :: stride] = right_below
    return whole


def off_diagonal(matrix: AnyArray) -> AnyArray:
    """A square matrix `(…, row, column)` with its diagonal set to zero."""
    if not isinstance(matrix, np.ndarray):
        return matrix.tril(-1) + matrix.triu(1)
    own = np.arange(matrix.shape[-1])
    emptied = matrix.copy()
    emptied[..., own, own] = 0
    return emptied
