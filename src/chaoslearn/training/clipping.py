"""The norm of each member's gradient, and a bound on it."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from chaoslearn.forcing.plan import Clip


def gradient_norm(gradients: Mapping[str, Tensor]) -> Tensor:
    """Euclidean norm over all weights of each member, ``(member,)``."""
    squares = [gradient.square().flatten(1).sum(1) for gradient in gradients.values()]
    return torch.stack(squares).sum(0).sqrt()


def clip_gradient(gradients: Mapping[str, Tensor], norm: Tensor, clip: Clip) -> None:
    """Bound the gradients in place: rescale each member's to the threshold, or cut its entries.

    Parameters
    ----------
    gradients : by weight name, ``(member, ...)``.
    norm : ``(member,)``, as ``gradient_norm`` gives it.
    """
    if clip.kind == "value":
        for gradient in gradients.values():
            gradient.clamp_(-clip.threshold, clip.threshold)
        return
    scale = (clip.threshold / norm).clamp(max=1.0)
    for gradient in gradients.values():
        gradient.mul_(scale.view(-1, *[1] * (gradient.ndim - 1)))
