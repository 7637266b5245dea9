"""The norm of each member's gradient, and a bound on it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from chaoslearn.cells.cell import AnyArray
from chaoslearn.forcing.plan import Clip


def gradient_norm(gradients: Mapping[str, AnyArray]) -> AnyArray:
    """Euclidean norm over all weights of each member, ``(member,)``, float64.

    In float32 the squares of what clipping is there for would overflow.
    """
    squares = [
        (_wide(gradient) ** 2).reshape(len(gradient), -1).sum(1) for gradient in gradients.values()
    ]
    return sum(squares) ** 0.5


def _wide(values: AnyArray) -> AnyArray:
    return values.astype(np.float64) if isinstance(values, np.ndarray) else values.double()


def clip_gradient(gradients: Mapping[str, AnyArray], norm: AnyArray, clip: Clip) -> None:
    """Bound the gradients in place: rescale each member's to the threshold, or cut its entries.

    Parameters
    ----------
    gradients : by weight name, ``(member, ...)``.
    norm : ``(member,)``, as ``gradient_norm`` gives it.
    """
    if clip.kind == "value":
        for gradient in gradients.values():
            gradient[:] = gradient.clip(-clip.threshold, clip.threshold)
        return
    with np.errstate(divide="ignore"):  # a gradient of zero stays
        scale = (clip.threshold / norm).clip(max=1.0)
    for gradient in gradients.values():
        gradient *= scale.reshape(-1, *[1] * (gradient.ndim - 1))
