"""What a dynamical system is: equations, Jacobian, parameters, and what is known about it.

Every system is one file that defines one `SYSTEM`. State arrays are `(component, ...)`: the
component comes first and any batch axes follow, so `x, y, z = state` unpacks one state and a
million alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.systems.finite_differences import central_differences

Array = NDArray[np.float64]
Kind = Literal["flow", "map", "delay"]


@dataclass(frozen=True)
class Reference:
    """Lyapunov exponents that a system is known to have, and how far to trust them.

    `exponents` are sorted downwards, per time unit (maps: per step), natural logarithm.
    `kaplan_yorke` is the Kaplan-Yorke dimension. `relative_tolerance` is the relative agreement
    with `exponents[0]` that the source supports.
    """

    exponents: tuple[float, ...]
    kaplan_yorke: float | None
    source: str
    relative_tolerance: float


@dataclass(frozen=True, kw_only=True)
class System:
    """A dynamical system with its parameters bound.

    `equations` and `jacobian` take, with every parameter as a keyword,

    - flow:  `(time, state)` and return dstate/dt,
    - map:   `(state)` and return the next state,
    - delay: `(time, state, delayed)` with `delayed` the state one `delay` ago (`delay` is one of
      the parameters), and return dstate/dt; before time 0 the state is the initial state.

    `jacobian` returns `(component, component_from, ...)`; for a delay equation the pair of such
    arrays, with respect to `state` and to `delayed`. Where it is None, `linearise` takes central
    differences. A driven system carries its phase as a component, so that every flow is
    autonomous; `observe` turns a state into what is recorded of it, `(observed_component, ...)`.
    `resized` makes the system anew with another number of components, where any number will do.

    Raises `InputError` for an unknown kind, for component names that do not match the initial
    state and for a parameter or initial state that is not finite.
    """

    name: str
    kind: Kind
    components: tuple[str, ...]
    equations: Callable[..., Array]
    jacobian: Callable[..., Array] | Callable[..., tuple[Array, Array]] | None = None
    parameters: Mapping[str, float]
    initial_state: tuple[float, ...]
    time_unit: str
    citation: str
    reference: Reference | None = None
    observe: Callable[[Array], Array] | None = None
    observed_components: tuple[str, ...] = ()
    resized: Callable[[int], System] | None = None

    def __post_init__(self) -> None:
        """Refuse what no integrator could use; without `observe` all components are observed."""
        if self.kind not in get_args(Kind):
            raise InputError(
                f"system {self.name}: kind {self.kind!r} is unknown; use one of "
                + ", ".join(get_args(Kind))
            )
        if len(self.components) != len(self.initial_state):
            raise InputError(
                f"system {self.name}: {len(self.components)} component names for an initial state "
                f"of {len(self.initial_state)} values; make them as many"
            )
        for key, value in self.parameters.items():
            if not math.isfinite(value):
                raise InputError(
                    f"system {self.name}: parameter {key} is {value}; give a finite number"
                )
        if not all(map(math.isfinite, self.initial_state)):
            raise InputError(
                f"system {self.name}: the initial state {self.initial_state} is not finite"
            )
        if self.kind == "delay" and not self.parameters.get("delay", 0.0) > 0:
            raise InputError(f"system {self.name}: a delay equation needs a parameter `delay` > 0")
        if self.observe is None:
            object.__setattr__(self, "observed_components", self.components)

    @property
    def dimension(self) -> int:
        """The number of state components."""
        return len(self.components)

    def rate(self, *arguments: Array | float) -> Array:
        """The equations at these `(time, state)`, `(state)` or `(time, state, delayed)`."""
        return self.equations(*arguments, **self.parameters)

    def linearise(self, *arguments: Array | float) -> Array:
        """The Jacobian of a flow or map, `(component, component_from, ...)`."""
        if self.jacobian is None:
            *before, state = arguments
            return central_differences(lambda at: self.rate(*before, at), np.asarray(state))
        return self.jacobian(*arguments, **self.parameters)  # type: ignore[return-value]

    def linearise_delayed(self, time: float, state: Array, delayed: Array) -> tuple[Array, Array]:
        """The Jacobians of a delay equation with respect to the state and the delayed state."""
        if self.jacobian is None:
            return (
                central_differences(lambda at: self.rate(time, at, delayed), state),
                central_differences(lambda at: self.rate(time, state, at), delayed),
            )
        return self.jacobian(time, state, delayed, **self.parameters)  # type: ignore[return-value]

    def observed(self, states: Array) -> Array:
        """What is recorded of `(component, ...)` states: `(observed_component, ...)`."""
        return states if self.observe is None else self.observe(states)

    def with_parameters(
        self, name: str | None = None, reference: Reference | None = None, **parameters: float
    ) -> System:
        """The same system with other parameters; a reference holds only for those it was given for.

        Raises `InputError` for a parameter the system does not have.
        """
        unknown = sorted(set(parameters) - set(self.parameters))
        if unknown:
            raise InputError(
                f"system {self.name} has no parameter {unknown[0]!r}; it has "
                + ", ".join(self.parameters)
            )
        changed = {**self.parameters, **parameters}
        kept = self.reference if changed == dict(self.parameters) else None
        return replace(
            self, name=name or self.name, parameters=changed, reference=reference or kept
        )

    def with_dimension(self, dimension: int) -> System:
        """The same system with another number of components, where its equations allow any.

        Raises `InputError` where they do not.
        """
        if self.resized is None:
            raise InputError(
                f"system {self.name} has {self.dimension} components and no other number"
            )
        return self.resized(dimension).with_parameters(self.name, None, **self.parameters)


def jacobian_matrix(rows: Sequence[Sequence[Array | float]], state: Array) -> Array:
    """Rows of numbers and batches as one array `(component, component_from, ...)`.

    Written entry by entry because that is several times faster than broadcasting them.
    """
    matrix = np.empty((len(rows), len(rows[0]), *state.shape[1:]))
    for index, row in enumerate(rows):
        for index_from, entry in enumerate(row):
            matrix[index, index_from] = entry
    return matrix
