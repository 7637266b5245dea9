"""Kernel of the long short-term memory (S. Hochreiter, J. Schmidhuber, Neural Computation 9, 1997).

i, f, g, o = σ, σ, tanh, σ of W h + b;  c ← f·c + i·g;  h ← o·tanh c.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import SOURCES, cached, compiled
from chaoslearn.training.kernels.ensemble import train
from chaoslearn.training.kernels.functions import sigmoid, tanh
from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.rows import add_sums, fill_rows
from chaoslearn.training.kernels.segments import Begins, member_kernel
from chaoslearn.training.kernels.vectors import LANES, Block

Matrix = NDArray[np.float32]
Members = NDArray[np.float32]
Weights = tuple[Matrix, Matrix, Matrix]

WEIGHTS = ("recurrent", "bias")
_ZERO, _ONE = np.float32(0), np.float32(1)


@compiled
def _advance(weights: Weights, hidden: Block, memory: Block, gates: Block, step: int) -> None:
    recurrent, _, bias = weights
    gate = gates[step]
    fill_rows(gate, bias)
    add_product(recurrent, hidden[step], gate)
    before, after, now = memory[step], memory[step + 1], hidden[step + 1]
    latents = bias.size // 4
    for k in range(latents):
        for lane in range(LANES):
            into = sigmoid(gate[k, lane])
            forget = sigmoid(gate[latents + k, lane])
            new = tanh(gate[2 * latents + k, lane])
            out = sigmoid(gate[3 * latents + k, lane])
            after[k, lane] = forget * before[k, lane] + into * new
            now[k, lane] = out * tanh(after[k, lane])
            gate[k, lane] = into
            gate[latents + k, lane] = forget
            gate[2 * latents + k, lane] = new
            gate[3 * latents + k, lane] = out


@compiled
def _retreat(
    weights: Weights,
    _hidden: Block,
    memory: Block,
    gates: Block,
    step: int,
    flow: Block,
    memory_flow: Block,
) -> None:
    _, transposed, bias = weights
    gate, before, after = gates[step], memory[step], memory[step + 1]
    latents = bias.size // 4
    for k in range(latents):
        for lane in range(LANES):
            into, forget = gate[k, lane], gate[latents + k, lane]
            new, out = gate[2 * latents + k, lane], gate[3 * latents + k, lane]
            squashed = tanh(after[k, lane])
            into_hidden = flow[k, lane]
            into_memory = memory_flow[k, lane] + into_hidden * out * (_ONE - squashed * squashed)
            gate[k, lane] = into_memory * new * into * (_ONE - into)
            gate[latents + k, lane] = into_memory * before[k, lane] * forget * (_ONE - forget)
            gate[2 * latents + k, lane] = into_memory * into * (_ONE - new * new)
            gate[3 * latents + k, lane] = into_hidden * squashed * out * (_ONE - out)
            memory_flow[k, lane] = into_memory * forget
            flow[k, lane] = _ZERO
    add_product(transposed, gate, flow)


@compiled
def _accumulate(gradients: tuple[Matrix, Matrix], hidden: Block, _: Block, gates: Block) -> None:
    recurrent, bias = gradients
    add_outer(gates, hidden, recurrent)
    add_sums(gates, bias)


_train_member = member_kernel(_advance, _retreat, _accumulate)


@cached
def _train(
    weights: tuple[Members, Members],
    readout: Members,
    series: Matrix,
    window_starts: NDArray[np.int64],
    segment_starts: NDArray[np.int64],
    window: int,
    begins: int,
    gradients: tuple[Members, Members],
    readout_gradient: Members,
    loss: NDArray[np.float32],
    sources: str = SOURCES,  # noqa: ARG001
) -> None:
    recurrent, bias = weights
    recurrent_gradient, bias_gradient = gradients
    latents = bias.shape[1]
    for member in range(loss.size):
        loss[member] = _train_member(
            (recurrent[member], recurrent[member].T.copy(), bias[member]),
            readout[member],
            latents,
            latents,
            series,
            window_starts[member],
            segment_starts,
            window,
            begins,
            (recurrent_gradient[member], bias_gradient[member]),
            readout_gradient[member],
        )


def loss_and_gradient(
    weights: Mapping[str, Members],
    series: Matrix,
    window_starts: NDArray[np.int64],
    segment_starts: NDArray[np.int64],
    window: int,
    begins: Begins,
    gradients: Mapping[str, Members],
    loss: NDArray[np.float32],
    threads: int = 1,
) -> None:
    """Fill loss and gradients of the members; see `ensemble.train`."""
    train(
        _train, WEIGHTS, weights, series, window_starts, segment_starts, window, begins,
        gradients, loss, threads,
    )  # fmt: skip
