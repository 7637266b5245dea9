"""The times T at which a trace is read, and what every trace asks of its arguments."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chaoslearn.cells.cell import AnyArray, Weights
from chaoslearn.errors import InputError


def recorded_steps(last: int, count: int) -> npt.NDArray[np.int64]:
    """Choose at most `count` times T, ascending: 1, and `last` with every k-th before it.

    They are exactly k apart, so that phases of a cycle recorded early are recorded late, too.
    Raises `InputError` where `last` or `count` is below 2.
    """
    if last < 2 or count < 2:
        raise InputError(
            f"a trace needs at least two times: last is {last}, count {count}; use 2 or more"
        )
    apart = -(-(last - 1) // (count - 1))
    return np.unique(np.append(np.arange(last, 0, -apart), 1))


def check_arguments(weights: Weights, states: AnyArray, steps: Sequence[int]) -> None:
    """Raise `InputError` unless there is one member, states `(start, state)`, times ascending."""
    members = {len(array) for array in weights.values()}
    if members != {1}:
        raise InputError(
            f"a trace follows one member, these weights hold {sorted(members)}: use one_member"
        )
    if states.ndim != 2:
        raise InputError(f"states must be (start, state), not of shape {tuple(states.shape)}")
    if len(steps) == 0 or steps[0] < 1 or np.any(np.diff(steps) <= 0):
        raise InputError("the times of a trace must ascend from 1 or later: use recorded_steps")
