"""Adam in one pass over the weights (Kingma & Ba 2015, arXiv:1412.6980).

The arithmetic of `torch.optim.Adam`; an update of a few thousand weights by separate tensor
operations would take as long as their gradient.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import SOURCES, cached

DECAY = (0.9, 0.999)
EPSILON = 1.0e-8

Flat = tuple[NDArray[np.float32], ...]


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
    scale = 1 / math.sqrt(1 - DECAY[1] ** updates)
    step = rate / (1 - DECAY[0] ** updates)
    names = sorted(weights)
    flat = [
        tuple(arrays[name].reshape(-1) for name in names)
        for arrays in (weights, gradients, first, second)
    ]
    _update(flat[0], flat[1], flat[2], flat[3], np.float32(step), np.float32(scale))


_NEW_FIRST, _KEEP_SECOND = np.float32(1 - DECAY[0]), np.float32(DECAY[1])
_NEW_SECOND, _EPSILON = np.float32(1 - DECAY[1]), np.float32(EPSILON)


@cached
def _update(
    weights: Flat,
    gradients: Flat,
    first: Flat,
    second: Flat,
    step: np.float32,
    scale: np.float32,
    sources: str = SOURCES,
) -> None:
    for name in range(len(weights)):
        weight, gradient, mean, square = weights[name], gradients[name], first[name], second[name]
        for i in range(weight.size):
            slope = gradient[i]
            mean[i] += _NEW_FIRST * (slope - mean[i])
            square[i] = _KEEP_SECOND * square[i] + _NEW_SECOND * slope * slope
            weight[i] -= step * mean[i] / (scale * np.sqrt(square[i]) + _EPSILON)
