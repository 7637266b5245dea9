"""What a bias needs: blocks filled row by row, and sums along rows."""

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.products import add_outer
from chaoslearn.training.kernels.vectors import Block, blocks


@compiled
def fill_rows(block: Block, values: NDArray[np.float32]) -> None:
    """Set every lane of a block `(row, lane)` to the row's value."""
    for row in range(values.size):
        block[row] = values[row]


@compiled
def add_sums(gates: Block, out: NDArray[np.float32]) -> None:
    """Add the sum over steps and lanes of gates `(step, row, lane)` to out `(row,)`."""
    ones = blocks(gates.shape[0], 1)
    ones[:] = 1
    add_outer(gates, ones, out.reshape(out.size, 1))
