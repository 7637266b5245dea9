"""Adam over an ensemble: every member has its own weights, moments and nothing in common.

Kingma & Ba 2015, arXiv:1412.6980, with the usual constants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.training.kernels import adam as adam_kernel
from chaoslearn.training.kernels.adam import DECAY, EPSILON


@dataclass
class Adam:
    """The moments of the gradient, by weight name, ``(member, ...)``, and the updates so far."""

    first: dict[str, Tensor]
    second: dict[str, Tensor]
    updates: int = 0

    @classmethod
    def start(cls, weights: Mapping[str, Tensor]) -> Adam:
        """Moments of zero for ``weights``."""
        return cls(
            {name: torch.zeros_like(weight) for name, weight in weights.items()},
            {name: torch.zeros_like(weight) for name, weight in weights.items()},
        )

    def update(
        self, weights: Mapping[str, Tensor], gradients: Mapping[str, Tensor], rate: float
    ) -> None:
        """Move ``weights`` in place against ``gradients`` at learning rate ``rate``."""
        self.updates += 1
        if all(w.dtype == torch.float32 and w.device.type == "cpu" for w in weights.values()):
            adam_kernel.update(
                _as_arrays(weights), _as_arrays(gradients),
                _as_arrays(self.first), _as_arrays(self.second), self.updates, rate,
            )  # fmt: skip
        else:
            self._update_by_torch(weights, gradients, rate)

    def _update_by_torch(
        self, weights: Mapping[str, Tensor], gradients: Mapping[str, Tensor], rate: float
    ) -> None:
        first_correction = 1 - DECAY[0] ** self.updates
        second_correction = 1 - DECAY[1] ** self.updates
        for name, weight in weights.items():
            gradient = gradients[name]
            first = self.first[name].lerp_(gradient, 1 - DECAY[0])
            second = self.second[name].mul_(DECAY[1])
            second.addcmul_(gradient, gradient, value=1 - DECAY[1])
            scale = (second / second_correction).sqrt_().add_(EPSILON)
            weight.addcdiv_(first, scale, value=-rate / first_correction)

    def keep(self, members: Tensor) -> None:
        """Drop all but the ``members`` at these positions."""
        self.first = {name: moment[members] for name, moment in self.first.items()}
        self.second = {name: moment[members] for name, moment in self.second.items()}


def _as_arrays(tensors: Mapping[str, Tensor]) -> dict[str, NDArray[np.float32]]:
    """Numpy arrays on the same memory."""
    return {name: tensor.numpy() for name, tensor in tensors.items()}
