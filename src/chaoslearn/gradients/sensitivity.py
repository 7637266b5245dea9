"""The parameter gradients ∂z_T/∂θ and ∂L_T/∂θ against T, by one forward recursion.

S_T = ∂z_T/∂θ obeys S_T = J_T S_{T−1} + ∂⁺z_T/∂θ with S_1 = 0 (the start does not depend on θ), so
one pass gives the gradient at every T; backpropagation would need one pass each. θ are the cell's
own parameters; the readout, which acts on the last step only, is none of them.

Williams and Zipser (1989), real-time recurrent learning, doi:10.1162/neco.1989.1.2.270.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.readout import observe
from chaoslearn.gradients.direct_effects import direct_effects, group
from chaoslearn.gradients.recording import check_arguments

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ParameterTraces:
    """Natural logarithms of gradient norms, each `(start, steps)`.

    `state_gradient` is ln ‖∂z_T/∂θ‖ (Frobenius), `loss_gradient` ln ‖∂L_T/∂θ‖ (Euclidean).
    """

    state_gradient: Array
    loss_gradient: Array


def parameter_traces(
    cell: Cell,
    weights: Weights,
    states: Tensor,
    steps: Sequence[int],
    targets: Tensor | None = None,
) -> ParameterTraces:
    """Trace the gradients of state and loss at the times T in `steps`.

    `weights` are one member's `(1, …)` with the readout, `states` the z_1 of several orbits
    `(start, state)`, all float64. L_T is the squared error of step T alone, its mean over
    components, against `targets` `(start, time, component)`, whose first time goes with z_1, or
    without them against zero: the squared output. At T = 1 both are −inf.

    S is held at norm 1 or below by a factor whose logarithm is kept, so T is not limited by the
    range of numbers. Memory: twice start × state × parameter numbers.
    """
    check_arguments(weights, states, steps)
    recorded = set(steps)
    recursion = _Recursion(cell, weights, states)
    state_gradient, loss_gradient = [], []
    for time in range(1, steps[-1] + 1):
        if time in recorded:
            target = None if targets is None else targets[:, time - 1]
            slope = _loss_slope(cell, weights, recursion.state, target)
            state_gradient.append(recursion.log_norm())
            loss_gradient.append(recursion.log_norm_along(slope))
        if time < steps[-1]:
            recursion.advance()
    return ParameterTraces(
        torch.stack(state_gradient, dim=1).numpy(), torch.stack(loss_gradient, dim=1).numpy()
    )


class _Recursion:
    """S_T of several orbits: `sensitivity` `(start, state, parameter)` times exp(`log_scale`)."""

    def __init__(self, cell: Cell, weights: Weights, states: Tensor) -> None:
        self.cell, self.weights, self.state = cell, weights, states
        self.grouping = group(cell, weights, states)
        parameters = self.grouping.owner.shape[1]
        self.sensitivity = torch.zeros(*states.shape, parameters, dtype=states.dtype)
        self.spare = torch.empty_like(self.sensitivity)  # the product cannot overwrite its factor
        self.log_scale = torch.zeros(len(states), dtype=states.dtype)

    def advance(self) -> None:
        """S ← J S + ∂⁺z/∂θ, then z ← F(z)."""
        jacobian = self.cell.jacobian(self.weights, self.state[None])[0]
        # Scaling the small factor of the product spares a pass over the large one. Parameters act
        # anew at every step, so only growth, never decay, has to be held back.
        norm = _norm(self.sensitivity).clamp(min=1.0)
        self.log_scale += norm.log()
        product = torch.bmm(jacobian / norm[:, None, None], self.sensitivity, out=self.spare)
        self.sensitivity, self.spare = product, self.sensitivity
        self._add_direct_effects()
        self.state = self.cell.step(self.weights, self.state[None])[0]

    def _add_direct_effects(self) -> None:
        effects = direct_effects(self.cell, self.weights, self.state, self.grouping.members)
        effects *= torch.exp(-self.log_scale)[:, None]
        column = torch.arange(self.grouping.owner.shape[1])
        for owner, effect in zip(self.grouping.owner, effects, strict=True):
            self.sensitivity[:, owner, column] += effect

    def log_norm(self) -> Tensor:
        """ln ‖S‖ `(start,)`."""
        return self.log_scale + _norm(self.sensitivity).log()

    def log_norm_along(self, slope: Tensor) -> Tensor:
        """ln ‖slope · S‖ `(start,)` for a row vector `(start, state)` each."""
        gradient = torch.bmm(slope[:, None], self.sensitivity)
        return self.log_scale + _norm(gradient).log()


def _norm(matrices: Tensor) -> Tensor:
    norm: Tensor = torch.linalg.vector_norm(matrices, dim=(1, 2))
    return norm


def _loss_slope(cell: Cell, weights: Weights, states: Tensor, target: Tensor | None) -> Tensor:
    """∂L_T/∂z_T `(start, state)`."""

    def loss(moving: Tensor) -> Tensor:
        observed = observe(weights, cell.hidden(moving[None]))[0]
        error = observed if target is None else observed - target
        return (error**2).mean(dim=1).sum()  # starts do not see each other: the sum parts again

    slope: Tensor = torch.func.grad(loss)(states)
    return slope
