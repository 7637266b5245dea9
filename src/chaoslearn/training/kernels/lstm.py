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
from chaoslearn.training.kernels.vectors import LANES, Block
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
    gate, hidden = tape.gates[step], tape.hidden[step + 1]
    memory, memory_before = tape.memory[step + 1], tape.memory[step]
    fill_rows(gate, weights.bias)
    add_product(weights.recurrent, tape.hidden[step], gate)
    latents = hidden.shape[0]
    for k in range(latents):
        for lane in range(LANES):
            into = sigmoid(gate[k, lane])
            forget = sigmoid(gate[latents + k, lane])
            new = tanh(gate[2 * latents + k, lane])
            out = sigmoid(gate[3 * latents + k, lane])
            kept = forget * memory_before[k, lane] + into * new
            memory[k, lane] = kept
            hidden[k, lane] = out * tanh(kept)
            gate[k, lane] = into
            gate[latents + k, lane] = forget
            gate[2 * latents + k, lane] = new
            gate[3 * latents + k, lane] = out


@compiled
def _retreat(weights: Weights, tape: Tape, step: int) -> None:
    gate, flow, memory_flow = tape.gates[step], tape.flow[0], tape.memory_flow[0]
    memory, memory_before = tape.memory[step + 1], tape.memory[step]
    latents = flow.shape[0]
    for k in range(latents):
        for lane in range(LANES):
            into, forget = gate[k, lane], gate[latents + k, lane]
            new, out = gate[2 * latents + k, lane], gate[3 * latents + k, lane]
            shown = tanh(memory[k, lane])
            by_hidden = flow[k, lane]
            by_memory = memory_flow[k, lane] + by_hidden * out * (_ONE - shown * shown)
            gate[k, lane] = by_memory * new * into * (_ONE - into)
            gate[latents + k, lane] = by_memory * memory_before[k, lane] * forget * (_ONE - forget)
            gate[2 * latents + k, lane] = by_memory * into * (_ONE - new * new)
            gate[3 * latents + k, lane] = by_hidden * shown * out * (_ONE - out)
            memory_flow[k, lane] = by_memory * forget
            flow[k, lane] = _ZERO
    add_product(weights.transposed, gate, flow)


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
