"""What a cell is: pure functions over one state array and a dict of weights.

A module is a cell if it has

- `shapes(latent)`: the shape of every weight of one member, by name, in a stable order;
- `step(weights, state)`: the map z ← F(z).

What else it may have, and what stands in where it has not:

- `jacobian(weights, state)`: ∂F/∂z; by automatic differentiation of `step`;
- `state_size(latent)`: the number of state variables; `latent`;
- `lift(latent)`: a state from its latent part, the rest at zero; the latent part is the state;
- `hidden(state)`: the latent part of a state, which the readout sees; all of it.

States are `(member, sequence, state)`, weights `(member, …)`; every function takes arrays of numpy
and of torch, float32 and float64, alike (`chaoslearn.cells.arithmetic` has what that needs), and
each sequence of each member goes its own way. The weights handed in may hold more than the cell's
own (the readout does).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from chaoslearn.errors import InputError

AnyArray = Any  # of numpy or of torch, whichever comes in
Weights = Mapping[str, AnyArray]


@dataclass(frozen=True)
class Cell:
    """A recurrent architecture; the module's docstring says what each function takes and gives."""

    name: str
    shapes: Callable[[int], dict[str, tuple[int, ...]]]
    step: Callable[[Weights, AnyArray], AnyArray]
    jacobian: Callable[[Weights, AnyArray], AnyArray]
    state_size: Callable[[int], int]
    lift: Callable[[AnyArray], AnyArray]
    hidden: Callable[[AnyArray], AnyArray]


def cell_of(definition: ModuleType | Any) -> Cell:
    """Make a cell of a module, or of any object with the same functions.

    Raises `InputError` where `shapes` or `step` is missing.
    """
    name = getattr(definition, "__name__", type(definition).__name__).rpartition(".")[2]
    for required in ("shapes", "step"):
        if not callable(getattr(definition, required, None)):
            raise InputError(f"cell '{name}' has no function '{required}': define it")
    step = definition.step
    return Cell(
        name=name,
        shapes=definition.shapes,
        step=step,
        jacobian=getattr(definition, "jacobian", automatic_jacobian(step)),
        state_size=getattr(definition, "state_size", _same),
        lift=getattr(definition, "lift", _same),
        hidden=getattr(definition, "hidden", _same),
    )


def require_numpy(cell: Cell, own_jacobian: bool) -> None:
    """Raise `InputError` unless a cell takes arrays of numpy, and gives states of the same shape.

    Trainings take hours, and what follows them is numpy. A stand-in for the Jacobian is not tried.
    """
    try:
        after, state = _stepped(cell, own_jacobian)
    except Exception as error:
        raise InputError(
            f"cell '{cell.name}' fails on numpy arrays ({error}); it must take those of numpy and "
            "of torch alike, as chaoslearn.cells.arithmetic does"
        ) from error
    if np.shape(after) != np.shape(state):
        raise InputError(
            f"cell '{cell.name}': step makes states {np.shape(after)} of states {np.shape(state)}; "
            "give back (member, sequence, state)"
        )


def _stepped(cell: Cell, own_jacobian: bool) -> tuple[AnyArray, AnyArray]:
    """A small net's state after a step, and before."""
    latent = 12  # which many numbers divide, should a cell ask for that
    weights = {name: np.full((1, *shape), 0.5) for name, shape in cell.shapes(latent).items()}
    state = cell.lift(np.full((1, 2, latent), 0.5))
    if own_jacobian:
        cell.jacobian(weights, state)
    after = cell.step(weights, state)
    cell.hidden(after)
    return after, state


def automatic_jacobian(
    step: Callable[[Weights, AnyArray], AnyArray],
) -> Callable[[Weights, AnyArray], AnyArray]:
    """Derive ∂F/∂z `(member, sequence, state, state)` from `step` by reverse differentiation.

    Sequences do not see each other, so one pull-back of the unit vector e_i, laid on every
    sequence at once, gives row i of all their Jacobians.
    """

    def jacobian(weights: Weights, state: AnyArray) -> AnyArray:
        import torch  # takes seconds, which cells that know their derivative need not wait

        if isinstance(state, np.ndarray):
            of_torch = {name: torch.from_numpy(weight) for name, weight in weights.items()}
            return jacobian(of_torch, torch.from_numpy(state)).numpy()
        moving = state.detach().requires_grad_()
        unit_vectors = torch.eye(state.shape[-1], dtype=state.dtype, device=state.device)
        laid_out = unit_vectors[:, None, None, :].expand(-1, *state.shape)
        after = step(weights, moving)
        (rows,) = torch.autograd.grad(after, moving, laid_out, is_grads_batched=True)
        return rows.movedim(0, -2)

    return jacobian


def _same(value: Any) -> Any:
    return value
