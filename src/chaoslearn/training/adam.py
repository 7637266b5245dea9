"""Adam over an ensemble: every member has its own weights, moments and nothing in common.

Kingma & Ba 2015, arXiv:1412.6980, with the usual constants.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chaoslearn.cells.arithmetic import zeros_like
from chaoslearn.cells.cell import AnyArray
from chaoslearn.training.kernels import adam as adam_kernel
from chaoslearn.training.kernels.adam import DECAY, EPSILON

Sizes = tuple[float, float] | AnyArray
"""The two numbers of an update that change from one to the next; see ``sizes_at``."""


def sizes_at(update: int, rate: float) -> tuple[float, float]:
    """How far the ``update``-th step (from 1 on) goes, and the factor on the second moment's root.

    Both hold the bias corrections of the moments.
    """
    return rate / (1 - DECAY[0] ** update), 1 / math.sqrt(1 - DECAY[1] ** update)


@dataclass
class Adam:
    """The moments of the gradient, by weight name, ``(member, ...)``."""

    first: dict[str, AnyArray]
    second: dict[str, AnyArray]

    @classmethod
    def start(cls, weights: Mapping[str, AnyArray]) -> Adam:
        """Moments of zero for ``weights``."""
        return cls(
            {name: zeros_like(weight) for name, weight in weights.items()},
            {name: zeros_like(weight) for name, weight in weights.items()},
        )

    def update(
        self,
        weights: Mapping[str, AnyArray],
        gradients: Mapping[str, AnyArray],
        sizes: Sizes,
        alive: AnyArray,
    ) -> None:
        """Move the weights of the members that are ``alive`` in place against ``gradients``.

        Parameters
        ----------
        weights, gradients : by name, ``(member, ...)``; those of numpy in float32.
        sizes : of this update; two numbers, or a tensor ``(2,)`` on the weights' device.
        alive : ``(member,)``; weights of the others stay, their moments mean nothing any more.
        """
        if isinstance(alive, np.ndarray):
            adam_kernel.update(
                weights, gradients, self.first, self.second, sizes[0], sizes[1], alive
            )
        else:
            self._update_by_torch(weights, gradients, sizes, alive)

    def _update_by_torch(
        self,
        weights: Mapping[str, AnyArray],
        gradients: Mapping[str, AnyArray],
        sizes: Sizes,
        alive: AnyArray,
    ) -> None:
        """The same by operations of torch, none of which waits for its result on the host."""
        for name, weight in weights.items():
            gradient = gradients[name]
            first = self.first[name].lerp_(gradient, 1 - DECAY[0])
            second = self.second[name].mul_(DECAY[1])
            second.addcmul_(gradient, gradient, value=1 - DECAY[1])
            move = sizes[0] * first / (sizes[1] * second.sqrt() + EPSILON)
            moving = alive.view(-1, *[1] * (weight.ndim - 1))
            weight.sub_(move.masked_fill(~moving, 0.0))

    def keep(self, members: AnyArray) -> None:
        """Drop all but the ``members`` at these positions."""
        self.first = {name: moment[members] for name, moment in self.first.items()}
        self.second = {name: moment[members] for name, moment in self.second.items()}
