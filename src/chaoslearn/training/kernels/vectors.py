"""The processor's float32 vectors, and the blocks of sequences that are made of them.

A *block* `(row, lane)` holds one number of every row for up to `LANES` sequences side by side, in
whole tiles of two registers: one or two tiles of AVX, one of AVX-512.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import llvmlite.binding
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled

Block = NDArray[np.float32]

_cgutils: Any = cgutils  # has no types


def _floats_per_register() -> int:
    features = llvmlite.binding.get_host_cpu_features()
    if features.get("avx512f"):
        return 16
    return 8 if features.get("avx") else 4


LANES = 32
VECTOR = _floats_per_register()
# Two registers wide, so that a weight that has been read once serves two multiply-adds.
TILE = 2 * VECTOR
TILE_VECTORS = range(0, TILE, VECTOR)

_INDEX = ir.IntType(64)
_FLOAT = ir.FloatType()
_VECTOR = ir.VectorType(_FLOAT, VECTOR)
_ALIGNMENT = 4 * VECTOR
# 64 bytes, a cache line: no vector then straddles two of them.
_ALIGNED_FLOATS = 16


class Emitter:
    """Writes the few vector instructions the products need, in the body of a numba intrinsic."""

    def __init__(self, context: Any, builder: Any) -> None:
        """Write with `builder`, for arrays laid out as `context` says."""
        self._context = context
        self._builder = builder

    def array(self, array_type: Any, value: Any) -> tuple[Any, list[Any]]:
        """Return the data pointer and the shape of an array argument, which is C-contiguous."""
        assert array_type.layout == "C"
        array = self._context.make_array(array_type)(self._context, self._builder, value)
        return array.data, _cgutils.unpack_tuple(self._builder, array.shape)

    def offset(self, index: Any, stride: Any, plus: int = 0) -> Any:
        """Return (index + plus) · stride."""
        builder = self._builder
        return builder.mul(builder.add(index, ir.Constant(_INDEX, plus)), stride)

    def at(self, pointer: Any, *offsets: Any) -> Any:
        """Return the pointer moved by the sum of offsets, in floats."""
        for offset in offsets:
            amount = ir.Constant(_INDEX, offset) if isinstance(offset, int) else offset
            pointer = self._builder.gep(pointer, [amount])
        return pointer

    def rows(self, pointer: Any, count: int, stride: Any) -> list[Any]:
        """Return pointers to so many rows, the first of which is given."""
        nothing = ir.Constant(_INDEX, 0)
        return [self.at(pointer, self.offset(nothing, stride, plus=row)) for row in range(count)]

    def load(self, pointer: Any) -> Any:
        """Read one aligned vector."""
        wide = self._builder.bitcast(pointer, _VECTOR.as_pointer())
        return self._builder.load(wide, align=_ALIGNMENT)

    def store(self, vector: Any, pointer: Any) -> None:
        """Write one aligned vector."""
        wide = self._builder.bitcast(pointer, _VECTOR.as_pointer())
        self._builder.store(vector, wide, align=_ALIGNMENT)

    def broadcast(self, pointer: Any) -> Any:
        """Read one float into all places of a vector."""
        nothing = ir.Constant(_VECTOR, ir.Undefined)
        first = ir.Constant(ir.IntType(32), 0)
        places = ir.Constant(ir.VectorType(ir.IntType(32), VECTOR), [0] * VECTOR)
        single = self._builder.insert_element(nothing, self._builder.load(pointer), first)
        return self._builder.shuffle_vector(single, nothing, places)

    def accumulator(self, start: Any | None = None) -> Any:
        """Return a vector variable, zero unless `start` is given; LLVM keeps it in a register."""
        variable = _cgutils.alloca_once(self._builder, _VECTOR)
        zero = ir.Constant(_VECTOR, [0.0] * VECTOR)
        self._builder.store(zero if start is None else start, variable)
        return variable

    def add_to(self, accumulator: Any, left: Any, right: Any) -> None:
        """Add left · right to the accumulator."""
        product = self._builder.fmul(left, right, flags=("contract",))
        total = self._builder.fadd(self._builder.load(accumulator), product, flags=("contract",))
        self._builder.store(total, accumulator)

    def value(self, accumulator: Any) -> Any:
        """Return what the accumulator holds."""
        return self._builder.load(accumulator)

    def add_sum(self, accumulator: Any, pointer: Any) -> None:
        """Add the sum over the accumulator's places to one float in memory."""
        signature = ir.FunctionType(_FLOAT, [_FLOAT, _VECTOR])
        name = f"llvm.vector.reduce.fadd.v{VECTOR}f32"
        reduce = _cgutils.get_or_insert_function(self._builder.module, signature, name)
        arguments = [ir.Constant(_FLOAT, 0.0), self._builder.load(accumulator)]
        total = self._builder.call(reduce, arguments, fastmath=("reassoc",))
        self._builder.store(self._builder.fadd(self._builder.load(pointer), total), pointer)

    @contextmanager
    def loop(self, count: Any) -> Iterator[Any]:
        """Repeat what is emitted inside, for the index 0 … count − 1."""
        with _cgutils.for_range(self._builder, count) as loop:
            yield loop.index

    @contextmanager
    def tiles(self, lanes: Any) -> Iterator[Any]:
        """Repeat what is emitted inside, for the first lane of each tile of so many lanes."""
        first, step = ir.Constant(_INDEX, 0), ir.Constant(_INDEX, TILE)
        with _cgutils.for_range_slice(self._builder, first, lanes, step, _INDEX) as (lane, _):
            yield lane

    def nothing(self) -> Any:
        """Return the value of an intrinsic that has none."""
        return self._context.get_dummy_value()

    def address(self, pointer: Any) -> Any:
        """Return a pointer as a number."""
        return self._builder.ptrtoint(pointer, _INDEX)


@intrinsic
def _address_of(_: Any, array: Any) -> Any:
    """Return where an array's data begins, in bytes."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emitter = Emitter(context, builder)
        data, _ = emitter.array(signature.args[0], arguments[0])
        return emitter.address(data)

    return types.intp(array), emit


_address = cast(Callable[[Block], int], _address_of)


@compiled
def blocks(count: int, rows: int) -> Block:
    """Return uninitialised blocks `(count, row, lane)` of all lanes, aligned to cache lines."""
    size = count * rows * LANES
    room = np.empty(size + _ALIGNED_FLOATS, np.float32)
    skip = (-_address(room) // 4) % _ALIGNED_FLOATS
    return room[skip : skip + size].reshape(count, rows, LANES)


@compiled
def lanes_for(sequences: int) -> int:
    """Return how many lanes blocks for so many sequences have: whole tiles, `LANES` at most."""
    return min(LANES, (sequences + TILE - 1) // TILE * TILE)


@compiled
def narrowed(whole: Block, lanes: int) -> Block:
    """Return the memory of blocks `(count, row, lane)` as blocks of so many lanes."""
    count, rows, _ = whole.shape
    return flat(whole)[: count * rows * lanes].reshape(count, rows, lanes)


@compiled
def flat(block: Block) -> NDArray[np.float32]:
    """Return all numbers of a block in a row, of which LLVM makes vectors however many they are."""
    return block.reshape(block.size)
