"""Nets as numpy maps, as ``lyapunov.of_network`` takes them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights

Array = NDArray[np.float64]


def as_map(
    cell: Cell, weights: Weights
) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """The step, `(orbit, …, state)` to `(orbit, …, state)`, and its Jacobian, to
    `(orbit, …, state, state_from)`.

    Orbits stand member by member, equally many of each: one a member of an ensemble, or several
    of a single net. The weights are `(member, …)`, float64.
    """
    members = len(next(iter(weights.values())))

    def call(function: Callable[[Weights, Array], Array], states: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):  # an orbit may escape
            result = function(weights, states.reshape(members, -1, states.shape[-1]))
        return result.reshape(*states.shape, *result.shape[3:])

    return (lambda states: call(cell.step, states)), (lambda states: call(cell.jacobian, states))
