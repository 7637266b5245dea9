"""Adam in one pass over the weights (Kingma & Ba 2015, arXiv:1412.6980).

The arithmetic of `torch.optim.Adam`; an update of a few thousand weights by separate tensor
operations would take as long as their gradient.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import cached

DECAY = (0.9, 0.999)
EPSILON = 1.0e-8

Flat = NDArray[np.float32]


def update(
    weights: Mapping[str, NDArray[np.float32]],
    gradients: Mapping[str, NDArray[np.float32]],
    first: Mapping[str, NDArray[np.float32]],
    second: Mapping[str, NDArray[np.float32]],
    updates: int,
    rate: float,
) -> None:
    """Move weights in place against gradients, and their moments on.

    Parameters
    ----------
    weights, gradients, first, second : by weight name, contiguous arrays of equal shape; first and
        second moments of the gradient are 0 before the first update.
    updates : the number of this update, from 1 on.
    rate : learning rate.
    """
    scale = np.float32(1 / math.sqrt(1 - DECAY[1] ** updates))
    step = np.float32(rate / (1 - DECAY[0] ** updates))
    for name, weight in weights.items():
        slope, mean, square = gradients[name], first[name], second[name]
        _update(weight.ravel(), slope.ravel(), mean.ravel(), square.ravel(), step, scale)


_NEW_FIRST, _KEEP_SECOND = np.float32(1 - DECAY[0]), np.float32(DECAY[1])
_NEW_SECOND, _EPSILON = np.float32(1 - DECAY[1]), np.float32(EPSILON)


@cached
def _update(
    weight: Flat, gradient: Flat, mean: Flat, square: Flat, step: np.float32, scale: np.float32
) -> None:
    for i in range(weight.size):
        slope = gradient[i]
        mean[i] += _NEW_FIRST * (slope - mean[i])
        square[i] = _KEEP_SECOND * square[i] + _NEW_SECOND * slope * slope
        weight[i] -= step * mean[i] / (scale * np.sqrt(square[i]) + _EPSILON)
