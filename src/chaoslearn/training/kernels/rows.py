"""Blocks filled and copied, and sums along rows.

By plain loops: what numpy allows in an assignment takes numba seconds to compile.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.products import add_outer
from chaoslearn.training.kernels.vectors import TILE_VECTORS, Block, Emitter, blocks, flat, narrowed

_ONE = np.float32(1)


@compiled
def fill(block: Block, value: np.float32) -> None:
    """Set all of a block `(row, lane)` to one value."""
    numbers = flat(block)
    for k in range(numbers.size):
        numbers[k] = value


@compiled
def copy(source: Block, block: Block) -> None:
    """Set a block `(row, lane)` to another of its shape."""
    numbers, originals = flat(block), flat(source)
    for k in range(numbers.size):
        numbers[k] = originals[k]


@intrinsic
def _spread(_: Any, block: Any, row: Any, values: Any) -> Any:
    """Set every lane of one row to its value: LLVM makes no vectors of loops as short as a row."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emitter = Emitter(context, builder)
        target, (_, lanes) = emitter.array(signature.args[0], arguments[0])
        source, _ = emitter.array(signature.args[2], arguments[2])
        row = arguments[1]
        value = emitter.broadcast(emitter.at(source, row))
        target = emitter.at(target, emitter.offset(row, lanes))
        with emitter.tiles(lanes) as lane:
            for vector in TILE_VECTORS:
                emitter.store(value, emitter.at(target, lane, vector))
        return emitter.nothing()

    return types.void(block, types.intp, values), emit


_fill_row = cast(Callable[[Block, int, NDArray[np.float32]], None], _spread)


@compiled
def fill_rows(block: Block, values: NDArray[np.float32]) -> None:
    """Set every lane of a block `(row, lane)`, one from `vectors.blocks`, to the row's value."""
    for row in range(values.size):
        _fill_row(block, row, values)


@intrinsic
def _scaled(_: Any, block: Any, row: Any, values: Any, source: Any) -> Any:
    """Add one row of source, times the row's value, to that of the block."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emitter = Emitter(context, builder)
        target, (_, lanes) = emitter.array(signature.args[0], arguments[0])
        factors, _ = emitter.array(signature.args[2], arguments[2])
        source, _ = emitter.array(signature.args[3], arguments[3])
        row = arguments[1]
        factor = emitter.broadcast(emitter.at(factors, row))
        target, source = (emitter.at(each, emitter.offset(row, lanes)) for each in (target, source))
        with emitter.tiles(lanes) as lane:
            for vector in TILE_VECTORS:
                place = emitter.at(target, lane, vector)
                total = emitter.accumulator(emitter.load(place))
                emitter.add_to(total, factor, emitter.load(emitter.at(source, lane, vector)))
                emitter.store(emitter.value(total), place)
        return emitter.nothing()

    return types.void(block, types.intp, values, source), emit


_add_scaled_row = cast(Callable[[Block, int, NDArray[np.float32], Block], None], _scaled)


@compiled
def add_scaled_rows(block: Block, values: NDArray[np.float32], source: Block) -> None:
    """Add the rows of source `(row, lane)`, each times its value, to those of block."""
    for row in range(values.size):
        _add_scaled_row(block, row, values, source)


@compiled
def add_sums(gates: Block, out: NDArray[np.float32]) -> None:
    """Add the sum over steps and lanes of gates `(step, row, lane)` to out `(row,)`."""
    ones = narrowed(blocks(gates.shape[0], 1), gates.shape[2])
    for step in range(gates.shape[0]):
        fill(ones[step], _ONE)
    add_outer(gates, ones, out.reshape(out.size, 1))
