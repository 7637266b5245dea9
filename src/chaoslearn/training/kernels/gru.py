"""Kernel of the gated recurrent unit, in PyTorch's form, with zero input.

r, u = σ of W h + b;  d = W_n h + b'_n;  n = tanh(b_n + r∘d);  h ← (1 − u)∘n + u∘h.
Cho et al. (2014), doi:10.3115/v1/D14-1179.
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

WEIGHTS = ("recurrent", "bias", "bias_new")
_ONE = np.float32(1)


class Weights(NamedTuple):
    """One member's W `(gate_latent, latent)`, rows ordered reset, update, new, and Wᵀ.

    `offset` is b_r, b_u, b'_n, which stand beside the product; `bias_new` is b_n `(latent,)`.
    """

    recurrent: NDArray[np.float32]
    transposed: NDArray[np.float32]
    offset: NDArray[np.float32]
    bias_new: NDArray[np.float32]


@compiled
def _rows(latents: int) -> tuple[int, int]:
    """There is no memory; gates are r, u, d, n."""
    return 0, 4 * latents


@compiled
def _of_member(weights: tuple[Members, Members, Members], member: int) -> Weights:
    recurrent, bias, inner = weights
    latents = inner.shape[1]
    offset = bias[member].copy()
    for k in range(latents):
        offset[2 * latents + k] = inner[member, k]
    outer = bias[member, 2 * latents :]
    return Weights(recurrent[member], recurrent[member].T.copy(), offset, outer)


@compiled
def _advance(weights: Weights, tape: Tape, step: int) -> None:
    fill_rows(tape.gates[step], weights.offset)
    add_product(weights.recurrent, tape.hidden[step], tape.gates[step])
    fill_rows(tape.gates[step][weights.offset.size :], weights.bias_new)
    gate, before, now = flat(tape.gates[step]), flat(tape.hidden[step]), flat(tape.hidden[step + 1])
    size = now.size
    for k in range(size):
        reset, update = sigmoid(gate[k]), sigmoid(gate[size + k])
        new = tanh(gate[3 * size + k] + reset * gate[2 * size + k])
        now[k] = new + update * (before[k] - new)
        gate[k] = reset
        gate[size + k] = update
        gate[3 * size + k] = new


@compiled
def _retreat(weights: Weights, tape: Tape, step: int) -> None:
    gate, before, flow = flat(tape.gates[step]), flat(tape.hidden[step]), flat(tape.flow)
    size = flow.size
    for k in range(size):
        reset, update = gate[k], gate[size + k]
        drive, new = gate[2 * size + k], gate[3 * size + k]
        by_now = flow[k]
        by_inner = by_now * (_ONE - update) * (_ONE - new * new)
        gate[k] = by_inner * drive * reset * (_ONE - reset)
        gate[size + k] = by_now * (before[k] - new) * update * (_ONE - update)
        gate[2 * size + k] = by_inner * reset
        gate[3 * size + k] = by_inner
        flow[k] = by_now * update
    add_product(weights.transposed, tape.gates[step], tape.flow[0])


@compiled
def _accumulate(
    gradients: tuple[Members, Members, Members], member: int, tape: Tape, since: int, until: int
) -> None:
    recurrent, bias, inner = gradients
    latents = inner.shape[1]
    add_outer(tape.gates[since:until], tape.hidden[since:until], recurrent[member])
    sums = np.zeros(4 * latents, np.float32)
    add_sums(tape.gates[since:until], sums)
    for k in range(latents):
        bias[member, k] += sums[k]
        bias[member, latents + k] += sums[latents + k]
        inner[member, k] += sums[2 * latents + k]
        bias[member, 2 * latents + k] += sums[3 * latents + k]


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
        pack_matrix(of_member.recurrent, 3),
        pack_vector(of_member.offset, 3),
        pack_vector(of_member.bias_new, 1),
    )


@compiled
def _move(packed: Packed, hidden: Block, _memory: Block, gates: Block) -> None:
    recurrent, offset, bias_new = packed
    apply(recurrent, offset, hidden, gates)
    parts = gates.shape[0] // 3
    for part in range(parts):
        for sequence in range(hidden.shape[0]):
            for lane in range(LANES):
                k = part * LANES + lane
                reset = sigmoid(gates[part, sequence, lane])
                update = sigmoid(gates[parts + part, sequence, lane])
                drive = gates[2 * parts + part, sequence, lane]
                new = tanh(bias_new[part, lane] + reset * drive)
                hidden[sequence, k] = new + update * (hidden[sequence, k] - new)


_run = free_run_kernel(3, _pack, _move)


@cached
def run(weights: Any, readouts: Members, states: Members, generated: Members) -> None:
    """Iterate an ensemble; see `free_runs.free_run_kernel`."""
    _run(weights, readouts, states, generated)
