"""Blocks filled and copied, and sums along rows.

By plain loops: what numpy allows in an assignment takes numba seconds to compile.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.products import add_outer
from chaoslearn.training.kernels.vectors import LANES, VECTOR, Block, Emitter, blocks

_ONE = np.float32(1)


@compiled
def fill(block: Block, value: np.float32) -> None:
    """Set all of a block `(row, lane)` to one value."""
    for row in range(block.shape[0]):
        for lane in range(LANES):
            block[row, lane] = value


@compiled
def copy(source: Block, block: Block) -> None:
    """Set a block `(row, lane)` to another of its shape."""
    for row in range(block.shape[0]):
        for lane in range(LANES):
            block[row, lane] = source[row, lane]


@intrinsic
def _spread(_: Any, block: Any, row: Any, values: Any) -> Any:
    """Set every lane of one row to its value: LLVM would not make vector stores of a loop."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emitter = Emitter(context, builder)
        target, _ = emitter.array(signature.args[0], arguments[0])
        source, _ = emitter.array(signature.args[2], arguments[2])
        row = arguments[1]
        value = emitter.broadcast(emitter.at(source, row))
        first_lane = emitter.at(target, emitter.offset(row, ir.Constant(ir.IntType(64), LANES)))
        for vector in range(0, LANES, VECTOR):
            emitter.store(value, emitter.at(first_lane, vector))
        return emitter.nothing()

    return types.void(block, types.intp, values), emit


_fill_row = cast(Callable[[Block, int, NDArray[np.float32]], None], _spread)


@compiled
def fill_rows(block: Block, values: NDArray[np.float32]) -> None:
    """Set every lane of a block `(row, lane)`, one from `vectors.blocks`, to the row's value."""
    for row in range(values.size):
        _fill_row(block, row, values)


@compiled
def add_sums(gates: Block, out: NDArray[np.float32]) -> None:
    """Add the sum over steps and lanes of gates `(step, row, lane)` to out `(row,)`."""
    ones = blocks(gates.shape[0], 1)
    for step in range(gates.shape[0]):
        fill(ones[step], _ONE)
    add_outer(gates, ones, out.reshape(out.size, 1))
