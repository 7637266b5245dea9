"""Kernel of the long short-term memory: h and c side by side.

i, f, g, o = σ, σ, tanh, σ of W h + b;  c ← f∘c + i∘g;  h ← o∘tanh c.
Hochreiter & Schmidhuber (1997), doi:10.1162/neco.1997.9.8.1735.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import cached, compiled
from chaoslearn.training.kernels.free_runs import apply, free_run_kernel, pack_matrix, pack_vector
from chaoslearn.training.kernels.functions import sigmoid, tanh
from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.rows import add_sums, fill_rows
from chaoslearn.training.kernels.segments import Tape, training_kernel
from chaoslearn.training.kernels.vectors import LANES, Block, flat
from chaoslearn.training.kernels.windows import Windows

Members = NDArray[np.float32]

WEIGHTS = ("recurrent", "bias")
_ZERO, _ONE = np.float32(0), np.float32(1)


class Weights(NamedTuple):
    """One member's W `(gate_latent, latent)`, Wᵀ and b, rows ordered input, forget, new, output."""

    recurrent: NDArray[np.float32]
    transposed: NDArray[np.float32]
    bias: NDArray[np.float32]


@compiled
def _rows(latents: int) -> tuple[int, int]:
    """Memory is c, gates are i, f, g, o."""
    return latents, 4 * latents


@compiled
def _of_member(weights: tuple[Members, Members], member: int) -> Weights:
    recurrent, bias = weights
    return Weights(recurrent[member], recurrent[member].T.copy(), bias[member])


@compiled
def _advance(weights: Weights, tape: Tape, step: int) -> None:
    fill_rows(tape.gates[step], weights.bias)
    add_product(weights.recurrent, tape.hidden[step], tape.gates[step])
    gate, hidden = flat(tape.gates[step]), flat(tape.hidden[step + 1])
    memory, memory_before = flat(tape.memory[step + 1]), flat(tape.memory[step])
    size = hidden.size
    for k in range(size):
        into = sigmoid(gate[k])
        forget = sigmoid(gate[size + k])
        new = tanh(gate[2 * size + k])
        out = sigmoid(gate[3 * size + k])
        kept = forget * memory_before[k] + into * new
        memory[k] = kept
        hidden[k] = out * tanh(kept)
        gate[k] = into
        gate[size + k] = forget
        gate[2 * size + k] = new
        gate[3 * size + k] = out


@compiled
def _retreat(weights: Weights, tape: Tape, step: int) -> None:
    gate, flow, memory_flow = flat(tape.gates[step]), flat(tape.flow), flat(tape.memory_flow)
    memory, memory_before = flat(tape.memory[step + 1]), flat(tape.memory[step])
    size = flow.size
    for k in range(size):
        into, forget = gate[k], gate[size + k]
        new, out = gate[2 * size + k], gate[3 * size + k]
        shown = tanh(memory[k])
        by_hidden = flow[k]
        by_memory = memory_flow[k] + by_hidden * out * (_ONE - shown * shown)
        gate[k] = by_memory * new * into * (_ONE - into)
        gate[size + k] = by_memory * memory_before[k] * forget * (_ONE - forget)
        gate[2 * size + k] = by_memory * into * (_ONE - new * new)
        gate[3 * size + k] = by_hidden * shown * out * (_ONE - out)
        memory_flow[k] = by_memory * forget
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
    return pack_matrix(recurrent[member], 4), pack_vector(bias[member], 4)


@compiled
def _move(packed: Packed, hidden: Block, memory: Block, gates: Block) -> None:
    recurrent, bias = packed
    apply(recurrent, bias, hidden, gates)
    parts = gates.shape[0] // 4
    for part in range(parts):
        for sequence in range(hidden.shape[0]):
            for lane in range(LANES):
                k = part * LANES + lane
                into = sigmoid(gates[part, sequence, lane])
                forget = sigmoid(gates[parts + part, sequence, lane])
                new = tanh(gates[2 * parts + part, sequence, lane])
                out = sigmoid(gates[3 * parts + part, sequence, lane])
                kept = forget * memory[sequence, k] + into * new
                memory[sequence, k] = kept
                hidden[sequence, k] = out * tanh(kept)


_run = free_run_kernel(4, _pack, _move)


@cached
def run(weights: Any, readouts: Members, states: Members, generated: Members) -> None:
    """Iterate an ensemble; see `free_runs.free_run_kernel`."""
    _run(weights, readouts, states, generated)
