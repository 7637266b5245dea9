"""Kernel of the tanh network z ← tanh(W z + b).

Elman (1990), doi:10.1207/s15516709cog1402_1.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import cached, compiled
from chaoslearn.training.kernels.free_runs import apply, free_run_kernel, pack_matrix, pack_vector
from chaoslearn.training.kernels.functions import tanh
from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.rows import add_sums, fill_rows
from chaoslearn.training.kernels.segments import Tape, training_kernel
from chaoslearn.training.kernels.vectors import LANES, Block, flat
from chaoslearn.training.kernels.windows import Windows

Members = NDArray[np.float32]

WEIGHTS = ("recurrent", "bias")
_ZERO, _ONE = np.float32(0), np.float32(1)


class Weights(NamedTuple):
    """One member's W `(latent, latent_from)`, Wᵀ and b `(latent,)`."""

    recurrent: NDArray[np.float32]
    transposed: NDArray[np.float32]
    bias: NDArray[np.float32]


@compiled
def _rows(latents: int) -> tuple[int, int]:
    return 0, latents


@compiled
def _of_member(weights: tuple[Members, Members], member: int) -> Weights:
    recurrent, bias = weights
    return Weights(recurrent[member], recurrent[member].T.copy(), bias[member])


@compiled
def _advance(weights: Weights, tape: Tape, step: int) -> None:
    now = tape.hidden[step + 1]
    fill_rows(now, weights.bias)
    add_product(weights.recurrent, tape.hidden[step], now)
    values = flat(now)
    for k in range(values.size):
        values[k] = tanh(values[k])


@compiled
def _retreat(weights: Weights, tape: Tape, step: int) -> None:
    now, gate, flow = flat(tape.hidden[step + 1]), flat(tape.gates[step]), flat(tape.flow)
    for k in range(now.size):
        gate[k] = flow[k] * (_ONE - now[k] * now[k])
        flow[k] = _ZERO
    add_product(weights.transposed, tape.gates[step], tape.flow[0])


@compiled
def _accumulate(
    gradients: tuple[Members, Members], member: int, tape: Tape, since: int, until: int
) -> None:
    recurrent, bias = gradients
    add_outer(tape.gates[since:until], tape.hidden[since:until], recurrent[member])
    add_sums(tape.gates[since:until], bias[member])


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


Packed = tuple[Block, NDArray[np.float32]]


@compiled
def _pack(weights: tuple[Members, Members], member: int) -> Packed:
    recurrent, bias = weights
    return pack_matrix(recurrent[member], 1), pack_vector(bias[member], 1)


@compiled
def _move(packed: Packed, hidden: Block, _memory: Block, gates: Block) -> None:
    recurrent, bias = packed
    apply(recurrent, bias, hidden, gates)
    for part in range(gates.shape[0]):
        for sequence in range(hidden.shape[0]):
            for lane in range(LANES):
                hidden[sequence, part * LANES + lane] = tanh(gates[part, sequence, lane])


_run = free_run_kernel(1, _pack, _move)


@cached
def run(weights: Any, readouts: Members, states: Members, generated: Members) -> None:
    """Iterate an ensemble; see `free_runs.free_run_kernel`."""
    _run(weights, readouts, states, generated)
