"""Derivatives by central differences: for systems without a Jacobian, and to check those with."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# The step that balances truncation (h²) against rounding (ε/h), relative to the state.
RELATIVE_STEP = float(np.finfo(np.float64).eps) ** (1 / 3)


def central_differences(function: Callable[[Array], Array], state: Array) -> Array:
    """The Jacobian of `function` at `state (component, ...)`: `(component, component_from, ...)`.

    Second order: the error is about 1e-10 relative to the third derivatives.
    """
    columns = []
    for index in range(len(state)):
        offset = np.zeros_like(state)
        offset[index] = RELATIVE_STEP * np.maximum(1.0, np.abs(state[index]))
        width = (state + offset)[index] - (state - offset)[index]
        columns.append((function(state + offset) - function(state - offset)) / width)
    return np.stack(columns, axis=1)
