"""The loss and gradient of one member: blocks of sequences, run through one segment after another.

A window forced at given steps is a row of segments that depend on each other through the readout and
the data alone (sparse forcing), or through a carried state without gradient (truncation). A block
takes `LANES` windows at a time through a whole segment, forward and back, so that all it stores for
the way back is still in the cache.

A cell brings three compiled functions, called with its weights (a tuple of arrays) and its history:
hidden `(step, latent, lane)`, where step 0 is the segment's start, memory `(step, …, lane)` (the cell's
own, started at zero or carried) and gates `(step, …, lane)` (pre-activations; on the way back, their
gradient):

- `advance(weights, hidden, memory, gates, step)` fills place step + 1 of hidden and memory;
- `retreat(weights, hidden, memory, gates, step, flow, memory_flow)` turns the gradients with respect to
  hidden and memory at place step + 1, the blocks `flow` and `memory_flow`, into those at place step,
  and stores in gates what the weights' gradient needs;
- `accumulate(gradients, hidden, memory, gates)` adds the weights' gradient over a stretch of steps.
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.products import STEPS_AT_ONCE, add_outer, add_product
from chaoslearn.training.kernels.readout import (
    add_readout_gradient,
    inverse_gram,
    pseudo_inverse,
)
from chaoslearn.training.kernels.vectors import LANES, Block, blocks

Begins = Literal["observed", "zero", "carried"]
# How a segment begins, as the kernels are told.
OBSERVED, ZERO, CARRIED = 0, 1, 2
_MINUS_TWO = np.float32(-2)
CODES: dict[Begins, int] = {"observed": OBSERVED, "zero": ZERO, "carried": CARRIED}


@compiled
def longest_segment(segment_starts: NDArray[np.int64], window: int) -> int:
    """Return the number of steps of the longest segment."""
    longest = window - segment_starts[-1]
    for segment in range(segment_starts.size - 1):
        longest = max(longest, segment_starts[segment + 1] - segment_starts[segment])
    return longest


@compiled
def shares_of_lanes(remaining: int, terms: int) -> NDArray[np.float32]:
    """Return each lane's share 1/terms in the mean `(lane,)`: 0 where no window is left for it."""
    shares = np.zeros(LANES, np.float32)
    shares[:remaining] = 1.0 / terms
    return shares


@compiled
def gather(
    series: NDArray[np.float32],
    window_starts: NDArray[np.int64],
    first: int,
    begin: int,
    out: Block,
) -> None:
    """Copy the windows' observations from step `begin` on into out `(step, component, lane)`.

    Lane 0 holds window `first`; lanes beyond the last window repeat it.
    """
    steps, components, _ = out.shape
    for lane in range(LANES):
        at = window_starts[min(first + lane, window_starts.size - 1)] + begin
        for step in range(steps):
            for component in range(components):
                out[step, component, lane] = series[at + step, component]


@compiled
def weigh_residuals(residuals: Block, shares: NDArray[np.float32]) -> float:
    """Return Σ share · residual²; the residuals become ∂L/∂prediction = −2 · share · residual.

    residuals `(step, component, lane)`, shares `(lane,)`.
    """
    steps, components, _ = residuals.shape
    squares = np.zeros(LANES, np.float32)
    for step in range(steps):
        for component in range(components):
            for lane in range(LANES):
                residual = residuals[step, component, lane]
                squares[lane] += residual * residual
                residuals[step, component, lane] = _MINUS_TWO * shares[lane] * residual
    return np.sum(shares * squares)


def member_kernel(
    advance: Callable[..., None],
    retreat: Callable[..., None],
    accumulate: Callable[..., None],
) -> Callable[..., float]:
    """Return the compiled loss and gradient of one member of the cell with these functions."""

    @compiled
    def loss_and_gradient_of_member(
        weights: Any,
        readout: NDArray[np.float32],
        memory_rows: int,
        gate_rows: int,
        series: NDArray[np.float32],
        window_starts: NDArray[np.int64],
        segment_starts: NDArray[np.int64],
        window: int,
        begins: int,
        gradients: Any,
        readout_gradient: NDArray[np.float32],
    ) -> float:
        """Return the mean squared error over windows, steps and components; fill the gradients.

        readout `(component, latent)`, series `(time, component)`, window_starts `(window,)`,
        segment_starts `(segment,)` in steps of the window, from 0 on. gradients and readout_gradient
        are added to.
        """
        components, latents = readout.shape
        batch = window_starts.size
        longest = longest_segment(segment_starts, window)
        hidden = blocks(longest + 1, latents)
        memory = blocks(longest + 1, memory_rows)
        gates = blocks(longest, gate_rows)
        residuals = blocks(longest, components)
        start = blocks(1, components)
        flow = blocks(1, latents)
        memory_flow = blocks(1, memory_rows)[0]

        readout_transposed = readout.T.copy()
        minus_readout = -readout
        gram = inverse_gram(readout)
        inverse = pseudo_inverse(readout, gram)
        inverse_gradient = np.zeros_like(inverse)
        loss = 0.0
        for first in range(0, batch, LANES):
            shares = shares_of_lanes(batch - first, batch * window * components)
            steps = 0
            for segment in range(segment_starts.size):
                begin = segment_starts[segment]
                observed = begins == OBSERVED or (begins == CARRIED and segment == 0)
                if observed:
                    gather(series, window_starts, first, begin, start)
                    hidden[0] = 0
                    memory[0] = 0
                    add_product(inverse, start[0], hidden[0])
                elif begins == ZERO:
                    hidden[0] = 0
                    memory[0] = 0
                else:
                    hidden[0] = hidden[steps]
                    memory[0] = memory[steps]

                end = segment_starts[segment + 1] if segment + 1 < segment_starts.size else window
                steps = end - begin
                gather(series, window_starts, first, begin + 1, residuals[:steps])
                for step in range(steps):
                    advance(weights, hidden, memory, gates, step)
                    add_product(minus_readout, hidden[step + 1], residuals[step])
                loss += weigh_residuals(residuals[:steps], shares)

                flow[0] = 0
                memory_flow[:] = 0
                for last in range(steps, 0, -STEPS_AT_ONCE):
                    since = max(0, last - STEPS_AT_ONCE)
                    for step in range(last - 1, since - 1, -1):
                        add_product(readout_transposed, residuals[step], flow[0])
                        retreat(weights, hidden, memory, gates, step, flow[0], memory_flow)
                    accumulate(gradients, hidden[since:last], memory[since:last], gates[since:last])
                    add_outer(residuals[since:last], hidden[since + 1 : last + 1], readout_gradient)
                if observed:
                    add_outer(flow, start, inverse_gradient)
        if begins != ZERO:
            add_readout_gradient(readout, gram, inverse_gradient, readout_gradient)
        return loss

    return loss_and_gradient_of_member
