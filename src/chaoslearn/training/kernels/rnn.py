"""Kernel of the tanh network z ← tanh(W z + b) (J. L. Elman, Cognitive Science 14, 1990)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import SOURCES, cached, compiled
from chaoslearn.training.kernels.ensemble import train
from chaoslearn.training.kernels.functions import tanh
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
def _advance(weights: Weights, hidden: Block, _: Block, __: Block, step: int) -> None:
    recurrent, _, bias = weights
    now = hidden[step + 1]
    fill_rows(now, bias)
    add_product(recurrent, hidden[step], now)
    for row in range(bias.size):
        for lane in range(LANES):
            now[row, lane] = tanh(now[row, lane])


@compiled
def _retreat(
    weights: Weights, hidden: Block, _: Block, gates: Block, step: int, flow: Block, __: Block
) -> None:
    _, transposed, bias = weights
    now, slope = hidden[step + 1], gates[step]
    for row in range(bias.size):
        for lane in range(LANES):
            slope[row, lane] = flow[row, lane] * (_ONE - now[row, lane] * now[row, lane])
            flow[row, lane] = _ZERO
    add_product(transposed, slope, flow)


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
            0,
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
