"""The members that are being trained, and the gradient step that moves them all."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from chaoslearn.cells.arithmetic import library, zeros_like
from chaoslearn.cells.cell import AnyArray
from chaoslearn.forcing.plan import Plan
from chaoslearn.training.adam import Adam, Sizes
from chaoslearn.training.clipping import clip_gradient, gradient_norm
from chaoslearn.training.gradient import LossAndGradient


@dataclass
class Members:
    """Weights, moments and the sums of an epoch: arrays of numpy, or of torch on one device.

    Attributes
    ----------
    weights : by name, ``(member, ...)``; from the step on in which a member is no longer finite
        its weights stay as they were.
    loss, gradient_norm : ``(member,)``, sums over the epoch's gradient steps so far.
    alive : ``(member,)``, whose loss and gradient were finite at every step, and the square of a
        gradient that nothing clipped, too, which the optimiser takes.
    """

    weights: dict[str, AnyArray]
    optimiser: Adam
    loss: AnyArray
    gradient_norm: AnyArray
    alive: AnyArray

    @classmethod
    def start(cls, weights: Mapping[str, AnyArray]) -> Members:
        """Members with these weights, which are theirs, before the first gradient step."""
        some = next(iter(weights.values()))
        # Numbers and truths of each member, in the weights' library and on their device.
        loss, norm = (zeros_like(some.reshape(len(some), -1)[:, 0]) for _ in range(2))
        return cls(dict(weights), Adam.start(weights), loss, norm, loss == 0)

    def begin_epoch(self) -> None:
        """Set the sums to zero."""
        self.loss[:] = 0
        self.gradient_norm[:] = 0

    def keep(self, members: AnyArray) -> None:
        """Drop all but the ``members`` at these positions."""
        self.weights = {name: weight[members] for name, weight in self.weights.items()}
        self.optimiser.keep(members)
        self.loss, self.gradient_norm = self.loss[members], self.gradient_norm[members]
        self.alive = self.alive[members]

    def arrays(self) -> list[AnyArray]:
        """All there is, in one order."""
        by_name = (self.weights, self.optimiser.first, self.optimiser.second)
        named = [array for arrays in by_name for array in arrays.values()]
        return [*named, self.loss, self.gradient_norm, self.alive]


def _largest_root(like: AnyArray) -> float:
    """The largest number whose square is finite in an array's precision."""
    return math.sqrt(library(like).finfo(like.dtype).max)


# (the windows' first samples (member, batch), plan, sizes of the update): moves the members on.
Step = Callable[[AnyArray, Plan, Sizes], None]


def gradient_step(evaluate: LossAndGradient, members: Members) -> Step:
    """The step that moves ``members``, which stay the same arrays.

    Nothing in it asks for a value: on a card no operation waits for the one before.
    """

    def step(starts: AnyArray, plan: Plan, sizes: Sizes) -> None:
        losses, gradients = evaluate(members.weights, starts, plan)
        with np.errstate(over="ignore", invalid="ignore"):  # a member may diverge
            norms = gradient_norm(gradients)
            finite = library(losses).isfinite
            bounded = finite(norms) if plan.clip else norms < _largest_root(losses)
            members.alive &= finite(losses) & bounded
            members.loss += losses
            members.gradient_norm += norms
            if plan.clip:
                clip_gradient(gradients, norms, plan.clip)
        members.optimiser.update(members.weights, gradients, sizes, members.alive)

    return step
