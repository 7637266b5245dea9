"""When an orbit counts as gone to infinity: one bound, for systems, nets and free runs."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

ESCAPED = 1e9  # times as large as in the beginning, an orbit is on its way to infinity


def escape_bound(states: Array) -> float:
    """Where orbits that begin at `states` `(start, …)` count as gone to infinity.

    An orbit that grows slowly would take many thousand steps to overflow, and would pass for
    chaos until then.
    """
    finite = np.abs(states[np.isfinite(states)])
    return float(ESCAPED * (1.0 + finite.max(initial=0.0)))


def bounded(states: Array, bound: float) -> npt.NDArray[np.bool_]:
    """Which orbits `(start, …)` are within the bound: `(start,)`."""
    largest = np.abs(states).reshape(len(states), -1).max(axis=1)
    return np.asarray(largest <= bound)  # NaN is not
