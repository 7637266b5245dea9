"""The loss and gradient of an ensemble: blocks of sequences, taken through their segment and back.

The segments of a window depend on each other through the readout and the data alone (sparse
forcing), or through a carried state without gradient (truncation). A block takes up to `LANES`
sequences at a time through a whole segment, forward and back, so that the tape of the way forward
is still in the cache on the way back. Where nothing is carried the lanes hold any windows' segments
of one length, so that small batches fill them too.

A cell brings compiled functions:

- `rows(latents)` → rows of memory and of gates on the tape;
- `of_member(weights, member)` → what the next two want of one member's weights (a tuple);
- `advance(weights, tape, step)` fills place step + 1 of hidden and memory, and place step of gates;
- `retreat(weights, tape, step)` turns `flow` and `memory_flow`, the gradients with respect to
  hidden and memory at place step + 1, into those at place step, and place step of gates into the
  gradient with respect to what the weights produce;
- `accumulate(gradients, member, tape, since, until)` adds to a member's gradients over these steps.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled, inlined
from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.readout import Readout, add_readout_gradient, prepare
from chaoslearn.training.kernels.rows import copy, fill
from chaoslearn.training.kernels.vectors import LANES, Block, blocks, lanes_for, narrowed
from chaoslearn.training.kernels.windows import (
    CARRIED,
    OBSERVED,
    Lanes,
    Windows,
    fill_lanes,
    gather,
    longest_segment,
    segment_steps,
    shares_of_lanes,
    weigh_residuals,
)

# Steps whose weight gradients are summed at once: few enough to be still in the cache.
_STEPS_AT_ONCE = 16
_ZERO = np.float32(0)


class Tape(NamedTuple):
    """What the way forward through a segment leaves for the way back.

    Attributes
    ----------
    hidden : `(step, latent, lane)`; place 0 is the segment's start.
    memory : `(step, …, lane)`, what else the cell's state holds; 0 or carried at the start.
    gates : `(step, …, lane)`, what the cell wants to know again of each step.
    residuals : `(step, component, lane)`, of place step + 1.
    start : `(1, component, lane)`, the observation at the start.
    flow, memory_flow : `(1, latent, lane)` and `(1, …, lane)`, gradients on their way back.
    """

    hidden: Block
    memory: Block
    gates: Block
    residuals: Block
    start: Block
    flow: Block
    memory_flow: Block


@compiled
def new_tape(steps: int, latents: int, components: int, memory_rows: int, gate_rows: int) -> Tape:
    """Return a tape for segments of up to so many steps."""
    return Tape(
        blocks(steps + 1, latents),
        blocks(steps + 1, memory_rows),
        blocks(steps, gate_rows),
        blocks(steps, components),
        blocks(1, components),
        blocks(1, latents),
        blocks(1, memory_rows),
    )


@compiled
def narrowed_tape(tape: Tape, lanes: int) -> Tape:
    """Return the memory of a tape as one of fewer lanes."""
    return Tape(
        narrowed(tape.hidden, lanes),
        narrowed(tape.memory, lanes),
        narrowed(tape.gates, lanes),
        narrowed(tape.residuals, lanes),
        narrowed(tape.start, lanes),
        narrowed(tape.flow, lanes),
        narrowed(tape.memory_flow, lanes),
    )


@compiled
def begin_segment(tape: Tape, inverse: NDArray[np.float32], begins: int, steps_before: int) -> None:
    """Set the state at the start of a segment; the one before had `steps_before` steps."""
    if begins == CARRIED:
        copy(tape.hidden[steps_before], tape.hidden[0])
        copy(tape.memory[steps_before], tape.memory[0])
        return
    fill(tape.hidden[0], _ZERO)
    fill(tape.memory[0], _ZERO)
    if begins == OBSERVED:
        add_product(inverse, tape.start[0], tape.hidden[0])


def training_kernel(
    rows: Callable[[int], tuple[int, int]],
    of_member: Callable[..., Any],
    advance: Callable[..., None],
    retreat: Callable[..., None],
    accumulate: Callable[..., None],
) -> Callable[..., None]:
    """Return the loss and gradient of ensembles of the cell with these functions.

    The kernel takes weights (a tuple of `(member, …)`), readouts `(member, component, latent)` and
    windows, adds to the gradients (shaped as the weights and readouts) and fills losses
    `(member,)`. It is a part of the entry point that calls it (`compilation.inlined`).
    """

    @inlined
    def forward(weights: Any, readout: Readout, tape: Tape, steps: int) -> None:
        for step in range(steps):
            advance(weights, tape, step)
            add_product(readout.negative, tape.hidden[step + 1], tape.residuals[step])

    @inlined
    def backward(
        weights: Any, readout: Readout, tape: Tape, steps: int, gradients: Any, member: int
    ) -> None:
        of_weights, of_readout, _ = gradients
        fill(tape.flow[0], _ZERO)
        fill(tape.memory_flow[0], _ZERO)
        for until in range(steps, 0, -_STEPS_AT_ONCE):
            since = max(0, until - _STEPS_AT_ONCE)
            for step in range(until - 1, since - 1, -1):
                add_product(readout.transposed, tape.residuals[step], tape.flow[0])
                retreat(weights, tape, step)
            accumulate(of_weights, member, tape, since, until)
            read_out = tape.hidden[since + 1 : until + 1]
            add_outer(tape.residuals[since:until], read_out, of_readout[member])

    @inlined
    def there_and_back(
        weights: Any,
        readout: Readout,
        windows: Windows,
        turn: int,
        lanes: Lanes,
        whole: Tape,
        gradients: Any,
        member: int,
    ) -> float:
        """Take the sequences of a round through their segment, and back; return their loss."""
        rounds = windows.rounds
        filled = fill_lanes(windows, member, turn, lanes)
        tape = narrowed_tape(whole, lanes_for(filled))
        gather(windows, lanes, 0, tape.start)
        begin_segment(tape, readout.inverse, rounds.begins[turn], rounds.steps_before[turn])
        steps = segment_steps(windows, rounds.segment[turn])
        residuals = tape.residuals[:steps]
        gather(windows, lanes, 1, residuals)
        forward(weights, readout, tape, steps)
        loss = weigh_residuals(residuals, shares_of_lanes(windows, filled))
        backward(weights, readout, tape, steps, gradients, member)
        if rounds.begins[turn] == OBSERVED:
            add_outer(tape.flow, tape.start, gradients[2])
        return loss

    @inlined
    def train(
        weights: Any,
        readouts: NDArray[np.float32],
        windows: Windows,
        of_weights: Any,
        of_readouts: NDArray[np.float32],
        losses: NDArray[np.float32],
    ) -> None:
        members, components, latents = readouts.shape
        memory_rows, gate_rows = rows(latents)
        tape = new_tape(longest_segment(windows), latents, components, memory_rows, gate_rows)
        lanes = np.empty(LANES, np.int64)
        for member in range(members):
            own, readout = of_member(weights, member), prepare(readouts[member])
            of_inverse = np.zeros((latents, components), np.float32)
            gradients = (of_weights, of_readouts, of_inverse)
            loss = 0.0
            for turn in range(len(windows.rounds.segment)):
                loss += there_and_back(own, readout, windows, turn, lanes, tape, gradients, member)
            losses[member] = loss
            if windows.readout_inverted:
                add_readout_gradient(readout, of_inverse, of_readouts[member])

    return train
