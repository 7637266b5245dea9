"""The loss and gradient of an ensemble: blocks of sequences, taken through their segment and back.

The segments of a window depend on each other through the readout and the data alone (sparse
forcing), or through a carried state without gradient (truncation). A block takes `LANES` sequences
at a time through a whole segment, forward and back, so that the tape of the way forward is still in
the cache on the way back. Where nothing is carried the lanes hold any windows' segments of one
length, so that small batches fill them too.

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

from chaoslearn.training.kernels.compilation import compiled, compiled_for
from chaoslearn.training.kernels.products import add_outer, add_product
from chaoslearn.training.kernels.readout import Readout, add_readout_gradient, prepare
from chaoslearn.training.kernels.vectors import LANES, Block, blocks
from chaoslearn.training.kernels.windows import (
    CARRIED,
    OBSERVED,
    ZERO,
    Lanes,
    Windows,
    fill_lanes,
    gather,
    longest_segment,
    segment_steps,
    segments_of_one_length,
    shares_of_lanes,
    weigh_residuals,
)

# Steps whose weight gradients are summed at once: few enough to be still in the cache.
_STEPS_AT_ONCE = 16
# int() of it and of codes: for a literal, numba would compile anew all that is called with it.
_ZERO = 0


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
def begin_segment(tape: Tape, inverse: NDArray[np.float32], begins: int, steps_before: int) -> None:
    """Set the state at the start of a segment; the one before had `steps_before` steps."""
    if begins == CARRIED:
        tape.hidden[0] = tape.hidden[steps_before]
        tape.memory[0] = tape.memory[steps_before]
        return
    tape.hidden[0] = 0
    tape.memory[0] = 0
    if begins == OBSERVED:
        add_product(inverse, tape.start[0], tape.hidden[0])


def training_kernel(
    module: str,
    rows: Callable[[int], tuple[int, int]],
    of_member: Callable[..., Any],
    advance: Callable[..., None],
    retreat: Callable[..., None],
    accumulate: Callable[..., None],
) -> Callable[..., None]:
    """Return the compiled loss and gradient of ensembles of the cell with these functions.

    `module` is the cell's `__name__`.
    """

    @compiled_for(module)
    def forward(weights: Any, readout: Readout, tape: Tape, steps: int) -> None:
        for step in range(steps):
            advance(weights, tape, step)
            add_product(readout.negative, tape.hidden[step + 1], tape.residuals[step])

    @compiled_for(module)
    def backward(
        weights: Any, readout: Readout, tape: Tape, steps: int, gradients: Any, member: int
    ) -> None:
        of_weights, of_readout, _ = gradients
        tape.flow[:] = 0
        tape.memory_flow[:] = 0
        for until in range(steps, 0, -_STEPS_AT_ONCE):
            since = max(0, until - _STEPS_AT_ONCE)
            for step in range(until - 1, since - 1, -1):
                add_product(readout.transposed, tape.residuals[step], tape.flow[0])
                retreat(weights, tape, step)
            accumulate(of_weights, member, tape, since, until)
            read_out = tape.hidden[since + 1 : until + 1]
            add_outer(tape.residuals[since:until], read_out, of_readout[member])

    @compiled_for(module)
    def there_and_back(
        weights: Any,
        readout: Readout,
        windows: Windows,
        lanes: Lanes,
        filled: int,
        segment: int,
        begins: int,
        steps_before: int,
        tape: Tape,
        gradients: Any,
        member: int,
    ) -> float:
        """Take the sequences in the lanes through a segment, and back; return their loss."""
        _, _, of_inverse = gradients
        gather(windows, lanes, 0, tape.start)
        begin_segment(tape, readout.inverse, begins, steps_before)
        steps = segment_steps(windows, segment)
        residuals = tape.residuals[:steps]
        gather(windows, lanes, 1, residuals)
        forward(weights, readout, tape, steps)
        loss = weigh_residuals(residuals, shares_of_lanes(windows, filled))
        backward(weights, readout, tape, steps, gradients, member)
        if begins == OBSERVED:
            add_outer(tape.flow, tape.start, of_inverse)
        return loss

    @compiled_for(module)
    def independent(
        weights: Any, readout: Readout, windows: Windows, tape: Tape, gradients: Any, member: int
    ) -> float:
        """Segments that know nothing of each other: those of one length share the lanes."""
        lanes = np.empty(LANES, np.int64)
        loss = 0.0
        segment, none_before = int(_ZERO), int(_ZERO)
        while segment < len(windows.segments):
            count = segments_of_one_length(windows, segment)
            for first in range(0, count * windows.starts.shape[1], LANES):
                filled = fill_lanes(windows, member, segment, first, count, lanes)
                loss += there_and_back(
                    weights, readout, windows, lanes, filled, segment, windows.begins, none_before,
                    tape, gradients, member,
                )  # fmt: skip
            segment += count
        return loss

    @compiled_for(module)
    def carried(
        weights: Any, readout: Readout, windows: Windows, tape: Tape, gradients: Any, member: int
    ) -> float:
        """Segments that hand their state on: each window keeps its lane; the first is observed."""
        lanes = np.empty(LANES, np.int64)
        loss = 0.0
        for first in range(0, windows.starts.shape[1], LANES):
            begins, steps = int(OBSERVED), int(_ZERO)
            for segment in range(len(windows.segments)):
                filled = fill_lanes(windows, member, segment, first, 1, lanes)
                loss += there_and_back(
                    weights, readout, windows, lanes, filled, segment, begins, steps,
                    tape, gradients, member,
                )  # fmt: skip
                begins, steps = int(CARRIED), segment_steps(windows, segment)
        return loss

    @compiled_for(module)
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
        for member in range(members):
            readout = prepare(readouts[member])
            of_inverse = np.zeros((latents, components), np.float32)
            gradients = (of_weights, of_readouts, of_inverse)
            arguments = (of_member(weights, member), readout, windows, tape, gradients, member)
            if windows.begins == CARRIED:
                losses[member] = carried(*arguments)
            else:
                losses[member] = independent(*arguments)
            if windows.begins != ZERO:
                add_readout_gradient(readout, of_inverse, of_readouts[member])

    return train
