"""Kernel of the piecewise-linear network z ← A∘z + W relu(z) + b, W without its diagonal.

Durstewitz (2017), doi:10.1371/journal.pcbi.1005542.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import cached, compiled
from chaoslearn.training.kernels.free_runs import apply, free_run_kernel, pack_matrix, pack_vector
from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.rows import add_scaled_rows, add_sums, fill, fill_rows
from chaoslearn.training.kernels.segments import Tape, training_kernel
from chaoslearn.training.kernels.vectors import LANES, Block, flat
from chaoslearn.training.kernels.windows import Windows

Members = NDArray[np.float32]

WEIGHTS = ("diagonal", "recurrent", "bias")
_ZERO = np.float32(0)


class Weights(NamedTuple):
    """One member's A `(latent,)`, W `(latent, latent_from)` with zero diagonal, Wᵀ and b."""

    diagonal: NDArray[np.float32]
    recurrent: NDArray[np.float32]
    transposed: NDArray[np.float32]
    bias: NDArray[np.float32]


@compiled
def _rows(latents: int) -> tuple[int, int]:
    """Memory is relu(z); gates are the gradient δ with respect to the new z, and δ∘z."""
    return latents, 2 * latents


@compiled
def _of_member(weights: tuple[Members, Members, Members], member: int) -> Weights:
    diagonal, recurrent, bias = weights
    coupling = recurrent[member].copy()
    for k in range(coupling.shape[0]):
        coupling[k, k] = 0
    return Weights(diagonal[member], coupling, coupling.T.copy(), bias[member])


@compiled
def _advance(weights: Weights, tape: Tape, step: int) -> None:
    before, now = tape.hidden[step], tape.hidden[step + 1]
    state, positive = flat(before), flat(tape.memory[step])
    for k in range(state.size):
        positive[k] = state[k] if state[k] > _ZERO else _ZERO
    fill_rows(now, weights.bias)
    add_scaled_rows(now, weights.diagonal, before)
    add_product(weights.recurrent, tape.memory[step], now)


@compiled
def _retreat(weights: Weights, tape: Tape, step: int) -> None:
    fill(tape.memory_flow[0], _ZERO)
    add_product(weights.transposed, tape.flow[0], tape.memory_flow[0])
    before, gate = flat(tape.hidden[step]), flat(tape.gates[step])
    flow, by_positive = flat(tape.flow), flat(tape.memory_flow)
    size = flow.size
    for k in range(size):
        gate[k] = flow[k]
        gate[size + k] = flow[k] * before[k]
        flow[k] = by_positive[k] if before[k] > _ZERO else _ZERO
    by_now = tape.gates[step][: weights.diagonal.size]
    add_scaled_rows(tape.flow[0], weights.diagonal, by_now)


@compiled
def _accumulate(
    gradients: tuple[Members, Members, Members], member: int, tape: Tape, since: int, until: int
) -> None:
    diagonal, recurrent, bias = gradients
    latents = bias.shape[1]
    add_outer(tape.gates[since:until], tape.memory[since:until], recurrent[member])
    sums = np.zeros(2 * latents, np.float32)
    add_sums(tape.gates[since:until], sums)
    for k in range(latents):
        bias[member, k] += sums[k]
        diagonal[member, k] += sums[latents + k]
        recurrent[member, k, k] = 0


_train = training_kernel(_rows, _of_member, _advance, _retreat, _accumulate)


@cached
def train(
    weights: Any,
    readouts: Members,
    windows: Windows,
    of_weights: Any,
    of_readouts: Members,
    losses: NDArray[np.float32],
) -> None:
    """Fill loss and gradients of an ensemble; see `segments.training_kernel`."""
    _train(weights, readouts, windows, of_weights, of_readouts, losses)


Packed = tuple[Block, NDArray[np.float32], NDArray[np.float32]]


@compiled
def _pack(weights: tuple[Members, Members, Members], member: int) -> Packed:
    of_member = _of_member(weights, member)
    return (
        pack_matrix(of_member.recurrent, 1),
        pack_vector(of_member.bias, 1),
        pack_vector(of_member.diagonal, 1),
    )


@compiled
def _move(packed: Packed, hidden: Block, memory: Block, gates: Block) -> None:
    recurrent, bias, diagonal = packed
    sequences, width = hidden.shape
    for sequence in range(sequences):
        for k in range(width):
            memory[sequence, k] = hidden[sequence, k] if hidden[sequence, k] > _ZERO else _ZERO
    apply(recurrent, bias, memory, gates)
    for part in range(gates.shape[0]):
        for sequence in range(sequences):
            for lane in range(LANES):
                k = part * LANES + lane
                kept = diagonal[part, lane] * hidden[sequence, k]
                hidden[sequence, k] = kept + gates[part, sequence, lane]


_run = free_run_kernel(1, _pack, _move)


@cached
def run(weights: Any, readouts: Members, states: Members, generated: Members) -> None:
    """Iterate an ensemble; see `free_runs.free_run_kernel`."""
    _run(weights, readouts, states, generated)
