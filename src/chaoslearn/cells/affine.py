"""The affine map every cell begins with, and a diagonal times a matrix, for its Jacobian."""

import torch
from torch import Tensor


def affine(matrix: Tensor, offset: Tensor, state: Tensor) -> Tensor:
    """W z + b, `(member, sequence, row)`.

    `matrix` is `(member, row, column)`, `offset` `(member, row)`, `state`
    `(member, sequence, column)`.
    """
    return torch.baddbmm(offset.unsqueeze(1), state, matrix.mT)


def scale_rows(factors: Tensor, matrix: Tensor) -> Tensor:
    """diag(s) W for every sequence, `(member, sequence, row, column)`.

    `factors` is `(member, sequence, row)`, `matrix` `(member, row, column)`.
    """
    return factors.unsqueeze(-1) * matrix.unsqueeze(1)
