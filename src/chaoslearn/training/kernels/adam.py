"""Adam in one pass over the weights (Kingma & Ba 2015, arXiv:1412.6980).

The arithmetic of `torch.optim.Adam`; an update of a few thousand weights by separate tensor
operations would take as long as their gradient.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import cached

DECAY = (0.9, 0.999)
EPSILON = 1.0e-8

Flat = NDArray[np.float32]
"""The weights of one name in a row for each member, `(member, weight)`."""


def update(
    weights: Mapping[str, NDArray[np.float32]],
    gradients: Mapping[str, NDArray[np.float32]],
    first: Mapping[str, NDArray[np.float32]],
    second: Mapping[str, NDArray[np.float32]],
    step: float,
    scale: float,
    alive: NDArray[np.bool_],
) -> None:
    """Move weights in place against gradients, and their moments on.

    Parameters
    ----------
    weights, gradients, first, second : by weight name, contiguous arrays `(member, …)` of equal
        shape; first and second moments of the gradient are 0 before the first update.
    step : the learning rate, divided by the bias of the first moment.
    scale : one over the root of the bias of the second moment.
    alive : `(member,)`; the weights of the others stay as they are.
    """
    for name, weight in weights.items():
        slope, mean, square = (_flat(by_name[name]) for by_name in (gradients, first, second))
        _update(_flat(weight), slope, mean, square, np.float32(step), np.float32(scale), alive)


def _flat(array: NDArray[np.float32]) -> Flat:
    return array.reshape(len(array), -1)


_NEW_FIRST, _KEEP_SECOND = np.float32(1 - DECAY[0]), np.float32(DECAY[1])
_NEW_SECOND, _EPSILON = np.float32(1 - DECAY[1]), np.float32(EPSILON)


@cached
def _update(
    weight: Flat,
    gradient: Flat,
    mean: Flat,
    square: Flat,
    step: np.float32,
    scale: np.float32,
    alive: NDArray[np.bool_],
) -> None:
    members, weights = weight.shape
    for member in range(members):
        if not alive[member]:
            continue
        for i in range(weights):
            slope = gradient[member, i]
            mean[member, i] += _NEW_FIRST * (slope - mean[member, i])
            square[member, i] = _KEEP_SECOND * square[member, i] + _NEW_SECOND * slope * slope
            root = np.sqrt(square[member, i])
            weight[member, i] -= step * mean[member, i] / (scale * root + _EPSILON)
