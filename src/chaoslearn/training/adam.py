"""Adam over an ensemble: every member has its own weights, moments and nothing in common.

Kingma & Ba 2015, arXiv:1412.6980, with the usual constants.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.training.kernels import adam as adam_kernel
from chaoslearn.training.kernels.adam import DECAY, EPSILON

Sizes = tuple[float, float] | Tensor
"""The two numbers of an update that change from one to the next; see ``sizes_at``."""


def sizes_at(update: int, rate: float) -> tuple[float, float]:
    """How far the ``update``-th step (from 1 on) goes, and the factor on the second moment's root.

    Both hold the bias corrections of the moments.
    """
    return rate / (1 - DECAY[0] ** update), 1 / math.sqrt(1 - DECAY[1] ** update)


@dataclass
class Adam:
    """The moments of the gradient, by weight name, ``(member, ...)``."""

    first: dict[str, Tensor]
    second: dict[str, Tensor]

    @classmethod
    def start(cls, weights: Mapping[str, Tensor]) -> Adam:
        """Moments of zero for ``weights``."""
        return cls(
            {name: torch.zeros_like(weight) for name, weight in weights.items()},
            {name: torch.zeros_like(weight) for name, weight in weights.items()},
        )

    def update(
        self,
        weights: Mapping[str, Tensor],
        gradients: Mapping[str, Tensor],
        sizes: Sizes,
        alive: Tensor,
    ) -> None:
        """Move the weights of the members that are ``alive`` in place against ``gradients``.

        Parameters
        ----------
        sizes : of this update; two numbers, or a tensor ``(2,)`` on the weights' device.
        alive : ``(member,)``; weights of the others stay, their moments mean nothing any more.
        """
        if all(w.dtype == torch.float32 and w.device.type == "cpu" for w in weights.values()):
            adam_kernel.update(
                _as_arrays(weights), _as_arrays(gradients),
                _as_arrays(self.first), _as_arrays(self.second),
                float(sizes[0]), float(sizes[1]), alive.numpy(),
            )  # fmt: skip
        else:
            self._update_by_torch(weights, gradients, sizes, alive)

    def _update_by_torch(
        self,
        weights: Mapping[str, Tensor],
        gradients: Mapping[str, Tensor],
        sizes: Sizes,
        alive: Tensor,
    ) -> None:
        """The same by tensor operations, none of which waits for its result on the host."""
        for name, weight in weights.items():
            gradient = gradients[name]
            first = self.first[name].lerp_(gradient, 1 - DECAY[0])
            second = self.second[name].mul_(DECAY[1])
            second.addcmul_(gradient, gradient, value=1 - DECAY[1])
            move = sizes[0] * first / (sizes[1] * second.sqrt() + EPSILON)
            moving = alive.view(-1, *[1] * (weight.ndim - 1))
            weight.sub_(torch.where(moving, move, torch.zeros_like(move)))

    def keep(self, members: Tensor) -> None:
        """Drop all but the ``members`` at these positions."""
        self.first = {name: moment[members] for name, moment in self.first.items()}
        self.second = {name: moment[members] for name, moment in self.second.items()}


def _as_arrays(tensors: Mapping[str, Tensor]) -> dict[str, NDArray[np.float32]]:
    """Numpy arrays on the same memory."""
    return {name: tensor.numpy() for name, tensor in tensors.items()}
