"""What a bias needs: blocks filled row by row, and sums along rows."""

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.vectors import LANES, Block


@compiled
def fill_rows(block: Block, values: NDArray[np.float32]) -> None:
    """Set every lane of a block `(row, lane)` to the row's value."""
    for row in range(values.size):
        for lane in range(LANES):
            block[row, lane] = values[row]


@compiled
def add_sums(gates: Block, out: NDArray[np.float32]) -> None:
    """Add the sum over steps and lanes of gates `(step, row, lane)` to out `(row,)`."""
    steps = gates.shape[0]
    for row in range(out.size):
        total = np.float32(0)
        for step in range(steps):
            for lane in range(LANES):
                total += gates[step, row, lane]
        out[row] += total
