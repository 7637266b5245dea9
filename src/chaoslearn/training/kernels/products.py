"""Matrix products over blocks of sequences: the work of training, nearly all of it.

numba's own loops keep accumulators in memory. The two tiles here are written with vector
instructions, so that a tile's accumulators stay in registers while its sum runs.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.vectors import TILE, TILE_VECTORS, VECTOR, Block, Emitter

# Accumulators of a square tile: 25 of AVX-512's 32 registers, 9 of 16 elsewhere.
_SIDE = 5 if VECTOR == 16 else 3


ProductTile = Callable[[NDArray[np.float32], Block, Block, int, int], None]


def _product_tile(rows: int) -> ProductTile:
    """Return a compiled out[first : first + rows] += matrix[first : first + rows] @ block.

    In the tile of lanes from `lane` on. Six rows of accumulators fit into 16 registers, too.
    """

    @intrinsic
    def tile(_: Any, matrix: Any, block: Any, out: Any, first: Any, lane: Any) -> Any:
        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            emitter = Emitter(context, builder)
            weights, (_, depth) = emitter.array(signature.args[0], arguments[0])
            source, (_, lanes) = emitter.array(signature.args[1], arguments[1])
            target, _ = emitter.array(signature.args[2], arguments[2])
            first, lane = arguments[3:]
            source, target = emitter.at(source, lane), emitter.at(target, lane)
            weight_rows = [
                emitter.at(weights, emitter.offset(first, depth, plus=row)) for row in range(rows)
            ]
            places = [
                [
                    emitter.at(target, emitter.offset(first, lanes, plus=row), vector)
                    for vector in TILE_VECTORS
                ]
                for row in range(rows)
            ]
            sums = [
                [emitter.accumulator(emitter.load(place)) for place in places_of_row]
                for places_of_row in places
            ]
            with emitter.loop(depth) as k:
                vectors = [
                    emitter.load(emitter.at(source, emitter.offset(k, lanes), vector))
                    for vector in TILE_VECTORS
                ]
                for row in range(rows):
                    weight = emitter.broadcast(emitter.at(weight_rows[row], k))
                    for total, vector in zip(sums[row], vectors, strict=True):
                        emitter.add_to(total, weight, vector)
            for row in range(rows):
                for total, place in zip(sums[row], places[row], strict=True):
                    emitter.store(emitter.value(total), place)
            return emitter.nothing()

        return types.void(matrix, block, out, types.intp, types.intp), emit

    return cast(ProductTile, tile)


_six_rows = _product_tile(6)
_three_rows = _product_tile(3)
_one_row = _product_tile(1)


@compiled
def add_product(matrix: NDArray[np.float32], block: Block, out: Block) -> None:
    """Add matrix `(row, depth)` @ block `(depth, lane)` to out `(row, lane)`.

    Both blocks must come from `vectors.blocks`, as those of `add_outer`: it aligns them.
    """
    rows = matrix.shape[0]
    for lane in range(0, out.shape[1], TILE):
        row = 0
        while row + 6 <= rows:
            _six_rows(matrix, block, out, row, lane)
            row += 6
        while row + 3 <= rows:
            _three_rows(matrix, block, out, row, lane)
            row += 3
        while row < rows:
            _one_row(matrix, block, out, row, lane)
            row += 1


OuterTile = Callable[[Block, int, Block, int, NDArray[np.float32]], None]


def _outer_tile(rows: int, columns: int) -> OuterTile:
    """Return a compiled out[row + i, column + j] += Σ left[:, row + i] · right[:, column + j].

    The sum runs over all steps and lanes of left `(step, row, lane)` and right
    `(step, column, lane)`; i < rows and j < columns.
    """

    @intrinsic
    def tile(_: Any, left: Any, row: Any, right: Any, column: Any, out: Any) -> Any:
        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            emitter = Emitter(context, builder)
            lefts, (steps, left_rows, lanes) = emitter.array(signature.args[0], arguments[0])
            rights, (_, right_rows, _) = emitter.array(signature.args[2], arguments[2])
            target, (_, target_columns) = emitter.array(signature.args[4], arguments[4])
            row, column = arguments[1], arguments[3]
            sums = [[emitter.accumulator() for _ in range(columns)] for _ in range(rows)]
            lefts = emitter.rows(emitter.at(lefts, emitter.offset(row, lanes)), rows, lanes)
            rights = emitter.rows(emitter.at(rights, emitter.offset(column, lanes)), columns, lanes)
            with emitter.loop(steps) as step, emitter.tiles(lanes) as lane:
                left_step = emitter.offset(emitter.offset(step, left_rows), lanes)
                right_step = emitter.offset(emitter.offset(step, right_rows), lanes)
                for vector in TILE_VECTORS:
                    right_vectors = [
                        emitter.load(emitter.at(right, right_step, lane, vector))
                        for right in rights
                    ]
                    for i in range(rows):
                        left_vector = emitter.load(emitter.at(lefts[i], left_step, lane, vector))
                        for j in range(columns):
                            emitter.add_to(sums[i][j], left_vector, right_vectors[j])
            for i in range(rows):
                target_row = emitter.at(target, emitter.offset(row, target_columns, plus=i), column)
                for j in range(columns):
                    emitter.add_sum(sums[i][j], emitter.at(target_row, j))
            return emitter.nothing()

        return types.void(left, types.intp, right, types.intp, out), emit

    return cast(OuterTile, tile)


_square = _outer_tile(_SIDE, _SIDE)
_wide = _outer_tile(1, _SIDE)
_tall = _outer_tile(_SIDE, 1)
_single = _outer_tile(1, 1)


@compiled
def add_outer(left: Block, right: Block, out: NDArray[np.float32]) -> None:
    """Add Σ over steps and lanes of left ⊗ right to out `(row, column)`.

    left `(step, row, lane)`, right `(step, column, lane)`: the gradient of a weight matrix from the
    gradients of its outputs and its inputs.
    """
    rows, columns = out.shape
    even_rows, even_columns = rows - rows % _SIDE, columns - columns % _SIDE
    for row in range(0, even_rows, _SIDE):
        for column in range(0, even_columns, _SIDE):
            _square(left, row, right, column, out)
        for column in range(even_columns, columns):
            _tall(left, row, right, column, out)
    for row in range(even_rows, rows):
        for column in range(0, even_columns, _SIDE):
            _wide(left, row, right, column, out)
        for column in range(even_columns, columns):
            _single(left, row, right, column, out)
