"""The parameter gradients ∂z_T/∂θ and ∂L_T/∂θ against T, by one forward recursion.

S_T = ∂z_T/∂θ obeys S_T = J_T S_{T−1} + ∂⁺z_T/∂θ with S_1 = 0 (the start does not depend on θ), so
one pass gives the gradient at every T; backpropagation would need one pass each. θ are the cell's
own parameters; the readout, which acts on the last step only, is none of them.

S is a large matrix, so it is multiplied not at every step but once a block of k steps:

    S_{T+k} = P_0 S_T + Σ_r P_r ∂⁺z_{T+r}/∂θ,   P_r = J_{T+k} … J_{T+r+1}

The rows of the sum are pulled back through the k steps side by side, as if their states were k
sequences, so that the products over r become matrix products.

Williams and Zipser (1989), real-time recurrent learning, doi:10.1162/neco.1989.1.2.270; blocks:
Schmidhuber (1992), doi:10.1162/neco.1992.4.2.243.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.readout import observe
from chaoslearn.gradients.recording import check_arguments

Array = npt.NDArray[np.float64]

BLOCK = 16  # steps; what longer ones save is little, and growth in a block is not rescaled
NUMBERS_AT_ONCE = 2**20  # of S: 8 MB; far larger arrays are given back to the system each time


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
    states: Array,
    steps: Sequence[int],
    targets: Array | None = None,
) -> ParameterTraces:
    """Trace the gradients of state and loss at the times T in `steps`.

    `weights` are one member's `(1, …)` with the readout, `states` the z_1 of several orbits
    `(start, state)`, all float64. L_T is the squared error of step T alone, its mean over
    components, against `targets` `(start, time, component)`, whose first time goes with z_1, or
    without them against zero: the squared output. At T = 1 both are −inf.

    S begins every block with norm 1 or below, by a factor whose logarithm is kept, so T is not
    limited by the range of numbers. Memory: twice NUMBERS_AT_ONCE numbers, or
    twice state × parameter where that is more.
    """
    check_arguments(weights, states, steps)
    of_torch = {name: torch.from_numpy(weight) for name, weight in weights.items()}
    groups = []
    at_once = _starts_at_once(cell, weights, states)
    for first in range(0, len(states), at_once):
        group = slice(first, first + at_once)
        group_targets = None if targets is None else targets[group]
        groups.append(_traces(cell, of_torch, states[group], steps, group_targets))
    return ParameterTraces(*torch.cat(groups, dim=1).numpy())


def _starts_at_once(cell: Cell, weights: Weights, states: Array) -> int:
    own = cell.shapes(weights["readout"].shape[-1])
    parameters = sum(math.prod(shape) for shape in own.values())
    of_one_start: int = states.shape[1] * parameters
    return max(1, NUMBERS_AT_ONCE // of_one_start)


def _traces(
    cell: Cell, weights: Weights, states: Array, steps: Sequence[int], targets: Array | None
) -> Tensor:
    """ln ‖∂z_T/∂θ‖ and ln ‖∂L_T/∂θ‖ of a few starts, `(norm, start, steps)`."""
    recursion = _Recursion(cell, weights, torch.from_numpy(states))
    norms = []
    for time in steps:
        recursion.advance_to(time)
        target = None if targets is None else torch.from_numpy(targets[:, time - 1])
        slope = _loss_slope(cell, weights, recursion.state, target)
        norms.append(torch.stack([recursion.log_norm(), recursion.log_norm_along(slope)]))
    return torch.stack(norms, dim=2)


class _Recursion:
    """S_T of several orbits: `sensitivity` `(start, state, parameter)` times exp(`log_scale`)."""

    def __init__(self, cell: Cell, weights: Weights, states: Tensor) -> None:
        self.cell, self.weights, self.state, self.time = cell, weights, states, 1
        own = cell.shapes(weights["readout"].shape[-1])
        # Every start gets its own copy of the weights, so that its derivative is its own.
        self.copies = {
            name: weights[name].repeat_interleave(len(states), 0).requires_grad_() for name in own
        }
        parameters = sum(weights[name].numel() for name in own)
        self.sensitivity = torch.zeros(*states.shape, parameters, dtype=states.dtype)
        self.log_scale = torch.zeros(len(states), dtype=states.dtype)

    def advance_to(self, time: int) -> None:
        """Go on to z_T and S_T at `time` T."""
        while self.time < time:
            self._advance(min(BLOCK, time - self.time))

    def _advance(self, steps: int) -> None:
        visited = self._walk(steps)
        products = self._products_to_the_end(visited)
        # Scaling the small factor of the product spares a pass over the large one. Parameters act
        # anew at every step, so only growth, never decay, has to be held back.
        norm = _norm(self.sensitivity).clamp(min=1.0)
        self.log_scale += norm.log()
        self.sensitivity = torch.bmm(products[:, 0] / norm[:, None, None], self.sensitivity)
        scale = torch.exp(-self.log_scale)[:, None, None, None]
        self._add_direct_effects(visited, products[:, 1:] * scale)
        self.time += steps

    def _walk(self, steps: int) -> Tensor:
        """The states that the next steps begin from, `(start, step, state)`."""
        visited = []
        for _ in range(steps):
            visited.append(self.state)
            self.state = self.cell.step(self.weights, self.state[None])[0]
        return torch.stack(visited, dim=1)

    def _products_to_the_end(self, visited: Tensor) -> Tensor:
        """P_0 … P_k, `(start, step + 1, state, state)`."""
        starts, steps, size = visited.shape
        flat = self.cell.jacobian(self.weights, visited.reshape(1, starts * steps, size))[0]
        jacobians = flat.view(starts, steps, size, size)
        products = [torch.eye(size, dtype=visited.dtype).expand(starts, -1, -1)]
        for step in reversed(range(steps)):
            products.insert(0, products[0] @ jacobians[:, step])
        return torch.stack(products, dim=1)

    def _add_direct_effects(self, visited: Tensor, products: Tensor) -> None:
        """S ← S + Σ_r P_r ∂⁺z_{T+r}/∂θ; P_1 … P_k are `products` `(start, step, state, state)`."""
        # torch.func would do, but imports torch's compiler, which takes seconds.
        derivatives = torch.autograd.grad(
            self.cell.step(self.copies, visited),
            list(self.copies.values()),
            products.movedim(2, 0),  # rows of S, (state, start, step, state)
            is_grads_batched=True,
            allow_unused=True,
        )
        first = 0
        for copy, derivative in zip(self.copies.values(), derivatives, strict=True):
            last = first + copy[0].numel()
            if derivative is not None:  # None of a weight that the step does not use
                by_start = derivative.transpose(0, 1)
                self.sensitivity[:, :, first:last].view_as(by_start).add_(by_start)
            first = last

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

    moving = states.clone().requires_grad_()
    observed = observe(weights, cell.hidden(moving[None]))[0]
    error = observed if target is None else observed - target
    loss = (error**2).mean(dim=1).sum()  # starts do not see each other: the sum parts again
    (slope,) = torch.autograd.grad(loss, moving)
    return slope
