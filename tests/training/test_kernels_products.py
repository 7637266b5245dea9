"""Products over blocks, exact on small integers, for every way rows and columns fill tiles."""

import numpy as np
import pytest

from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.rows import add_scaled_rows, add_sums, fill_rows
from chaoslearn.training.kernels.vectors import LANES, TILE, blocks, lanes_for, narrowed

WIDTHS = sorted({TILE, LANES})


def integer_blocks(generator, count, rows, lanes=LANES):
    """Blocks of small integers, whose sums of products float32 holds exactly."""
    drawn = narrowed(blocks(count, rows), lanes)
    drawn[:] = generator.integers(-3, 4, drawn.shape)
    return drawn


@pytest.mark.parametrize("rows", range(1, 14))
@pytest.mark.parametrize("depth", [1, 2, 31])
@pytest.mark.parametrize("lanes", WIDTHS)
def test_product_adds_matrix_times_block(rows, depth, lanes):
    generator = np.random.default_rng(0)
    matrix = generator.integers(-3, 4, (rows, depth)).astype(np.float32)
    block, out = (integer_blocks(generator, 1, size, lanes)[0] for size in (depth, rows))
    expected = out + matrix @ block
    add_product(matrix, block, out)
    assert np.array_equal(out, expected)


@pytest.mark.parametrize("rows", range(1, 12))
@pytest.mark.parametrize("columns", range(1, 12))
@pytest.mark.parametrize("lanes", WIDTHS)
def test_outer_sums_over_steps_and_lanes(rows, columns, lanes):
    generator = np.random.default_rng(0)
    left, right = (integer_blocks(generator, 7, size, lanes) for size in (rows, columns))
    out = generator.integers(-3, 4, (rows, columns)).astype(np.float32)
    expected = out + np.einsum("tal,tbl->ab", left, right)
    add_outer(left, right, out)
    assert np.array_equal(out, expected)


def test_outer_leaves_further_rows_out():
    generator = np.random.default_rng(0)
    left, right = integer_blocks(generator, 3, 9), integer_blocks(generator, 3, 6)
    out = np.zeros((4, 6), np.float32)
    add_outer(left, right, out)
    assert np.array_equal(out, np.einsum("tal,tbl->ab", left[:, :4], right))


@pytest.mark.parametrize("lanes", WIDTHS)
def test_sums_and_filled_rows(lanes):
    generator = np.random.default_rng(0)
    gates = integer_blocks(generator, 3, 7, lanes)
    out = np.arange(7, dtype=np.float32)
    fill_rows(gates[1], out)
    assert np.array_equal(gates[1], np.repeat(out[:, None], lanes, axis=1))
    expected = out + gates.sum((0, 2))
    add_sums(gates, out)
    assert np.array_equal(out, expected)


@pytest.mark.parametrize("lanes", WIDTHS)
def test_rows_are_added_each_times_its_value(lanes):
    generator = np.random.default_rng(0)
    block, source = integer_blocks(generator, 2, 7, lanes)
    values = np.arange(-3, 4, dtype=np.float32)
    expected = block + values[:, None] * source
    add_scaled_rows(block, values, source)
    assert np.array_equal(block, expected)


def test_blocks_have_whole_tiles():
    assert [lanes_for(1), lanes_for(TILE), lanes_for(LANES), lanes_for(LANES + 1)] == [
        TILE, TILE, LANES, LANES,
    ]  # fmt: skip
    assert all(
        lanes_for(count) % TILE == 0 and lanes_for(count) >= count for count in range(1, LANES + 1)
    )


@pytest.mark.parametrize("rows", [0, 1, 30])
def test_blocks_are_aligned_to_cache_lines(rows):
    assert blocks(3, rows).shape == (3, rows, LANES)
    assert blocks(3, rows).ctypes.data % 64 == 0
