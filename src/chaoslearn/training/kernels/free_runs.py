"""Nets iterated on their own: here latents, not sequences, lie in the lanes.

A free run is one long sequence, so the vectors span the latent units instead: a row holds one
sequence's state, filled up with zeros to whole blocks of `LANES` (they stay zero), and weight
matrices are packed into blocks `(block, latent_from, lane)` of outputs.

A cell brings two compiled functions:

- `pack(weights, member)` → what `move` wants of one member's weights;
- `move(packed, hidden, memory, gates)` takes hidden and memory `(sequence, latent)` one step on;
  gates `(block, sequence, lane)` is room for what the weights produce.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled, inlined
from chaoslearn.training.kernels.products import add_product
from chaoslearn.training.kernels.rows import fill
from chaoslearn.training.kernels.vectors import LANES, Block, blocks

_ZERO = np.float32(0)


@compiled
def blocks_of(rows: int) -> int:
    """Return how many blocks hold so many rows."""
    return (rows + LANES - 1) // LANES


@compiled
def pack_matrix(matrix: NDArray[np.float32], groups: int) -> Block:
    """Return `(block, latent_from, lane)` of a matrix `(row, latent_from)` of stacked gates.

    Each of the `groups` of rows fills whole blocks; rows and columns are filled up with zeros.
    """
    rows, columns = matrix.shape[0] // groups, matrix.shape[1]
    parts = blocks_of(rows)
    packed = blocks(groups * parts, blocks_of(columns) * LANES)
    for block in range(groups * parts):
        fill(packed[block], _ZERO)
    for group in range(groups):
        for row in range(rows):
            block = group * parts + row // LANES
            for column in range(columns):
                packed[block, column, row % LANES] = matrix[group * rows + row, column]
    return packed


@compiled
def pack_vector(vector: NDArray[np.float32], groups: int) -> NDArray[np.float32]:
    """Return `(block, lane)` of a vector `(row,)` of stacked gates, as `pack_matrix` does."""
    rows = vector.size // groups
    parts = blocks_of(rows)
    packed = np.zeros((groups * parts, LANES), np.float32)
    for group in range(groups):
        for row in range(rows):
            packed[group * parts + row // LANES, row % LANES] = vector[group * rows + row]
    return packed


@compiled
def apply(packed: Block, offset: NDArray[np.float32], hidden: Block, gates: Block) -> None:
    """Set gates `(block, sequence, lane)` to offset + W hidden; hidden `(sequence, latent)`."""
    for block in range(packed.shape[0]):
        for sequence in range(hidden.shape[0]):
            for lane in range(LANES):
                gates[block, sequence, lane] = offset[block, lane]
        add_product(hidden, packed[block], gates[block])


def free_run_kernel(
    groups: int, pack: Callable[..., Any], move: Callable[..., None]
) -> Callable[..., None]:
    """Return the free run of ensembles, a part of the entry point that calls it.

    `groups` is the cell's number of stacked gates.

    The kernel takes weights (a tuple), readout `(member, component, latent)`, states
    `(member, sequence, state)` and fills generated `(member, sequence, step, component)`.
    """

    @inlined
    def run(
        weights: Any,
        readout: NDArray[np.float32],
        states: NDArray[np.float32],
        generated: NDArray[np.float32],
    ) -> None:
        members, sequences, steps, components = generated.shape
        latents = readout.shape[2]
        width = blocks_of(latents) * LANES
        gates = blocks(groups * blocks_of(latents), sequences)
        shown = blocks(blocks_of(components), sequences)
        nothing = np.zeros((shown.shape[0], LANES), np.float32)
        for member in range(members):
            packed, packed_readout = pack(weights, member), pack_matrix(readout[member], 1)
            hidden = np.zeros((sequences, width), np.float32)
            memory = np.zeros((sequences, width), np.float32)
            remembered = states.shape[2] - latents
            for sequence in range(sequences):
                for k in range(latents):
                    hidden[sequence, k] = states[member, sequence, k]
                for k in range(remembered):
                    memory[sequence, k] = states[member, sequence, latents + k]
            for step in range(steps):
                move(packed, hidden, memory, gates)
                apply(packed_readout, nothing, hidden, shown)
                for sequence in range(sequences):
                    for component in range(components):
                        generated[member, sequence, step, component] = shown[
                            component // LANES, sequence, component % LANES
                        ]

    return run
