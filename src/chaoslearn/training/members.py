"""The members that are being trained, and the gradient step that moves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from chaoslearn.forcing.plan import Plan
from chaoslearn.training.adam import Adam, Sizes
from chaoslearn.training.clipping import clip_gradient, gradient_norm
from chaoslearn.training.gradient import LossAndGradient


@dataclass
class Members:
    """Weights, moments and the sums of an epoch, all on one device.

    Attributes
    ----------
    weights : by name, ``(member, ...)``; from the step on in which a member is no longer finite
        its weights stay as they were.
    loss, gradient_norm : ``(member,)``, sums over the epoch's gradient steps so far.
    alive : ``(member,)``, whose loss and gradient were finite at every step.
    """

    weights: dict[str, Tensor]
    optimiser: Adam
    loss: Tensor
    gradient_norm: Tensor
    alive: Tensor

    @classmethod
    def start(cls, weights: Mapping[str, Tensor]) -> Members:
        """Members with these weights before the first gradient step."""
        own = {name: weight.clone() for name, weight in weights.items()}
        some = next(iter(own.values()))
        zeros = some.new_zeros(len(some))
        alive = torch.ones(len(some), dtype=torch.bool, device=some.device)
        return cls(own, Adam.start(own), zeros, zeros.clone(), alive)

    def begin_epoch(self) -> None:
        """Set the sums to zero."""
        self.loss.zero_()
        self.gradient_norm.zero_()

    def keep(self, members: Tensor) -> None:
        """Drop all but the ``members`` at these positions."""
        self.weights = {name: weight[members] for name, weight in self.weights.items()}
        self.optimiser.keep(members)
        self.loss, self.gradient_norm = self.loss[members], self.gradient_norm[members]
        self.alive = self.alive[members]

    def tensors(self) -> list[Tensor]:
        """All there is, in one order."""
        by_name = (self.weights, self.optimiser.first, self.optimiser.second)
        named = [tensor for tensors in by_name for tensor in tensors.values()]
        return [*named, self.loss, self.gradient_norm, self.alive]


# (the windows' first samples (member, batch), plan, sizes of the update): moves the members on.
Step = Callable[[Tensor, Plan, Sizes], None]


def gradient_step(evaluate: LossAndGradient, members: Members) -> Step:
    """The step that moves ``members``, which stay the same tensors.

    Nothing in it asks for a value: on a card no operation waits for the one before.
    """

    def step(starts: Tensor, plan: Plan, sizes: Sizes) -> None:
        losses, gradients = evaluate(members.weights, starts, plan)
        norms = gradient_norm(gradients)
        members.alive &= torch.isfinite(losses) & torch.isfinite(norms)
        members.loss += losses
        members.gradient_norm += norms
        if plan.clip:
            clip_gradient(gradients, norms, plan.clip)
        members.optimiser.update(members.weights, gradients, sizes, members.alive)

    return step
