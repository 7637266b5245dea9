"""Loss and gradient by batched torch: any cell, any device, any precision; the reference.

Apart from what the kernels need, since torch takes seconds to import.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.forcing.plan import Plan
from chaoslearn.training.gradient import Gradients, LossAndGradient
from chaoslearn.training.loss import window_loss


def by_autograd(cell: Cell, series: Tensor) -> LossAndGradient:
    """Automatic differentiation of ``window_loss``.

    Parameters
    ----------
    series : ``(time, component)``, on the device and in the precision to train in.
    """

    def loss_and_gradient(
        weights: Mapping[str, Tensor], starts: Tensor, plan: Plan
    ) -> tuple[Tensor, Gradients]:
        leaves = {name: weight.detach().requires_grad_() for name, weight in weights.items()}
        samples = torch.arange(plan.window + 1, device=series.device)
        windows = series[starts.unsqueeze(-1) + samples]
        loss = window_loss(cell, leaves, windows, plan)
        # Members have nothing in common, so the gradient of the sum is each one's own. A weight
        # the plan leaves unused (B⁺ under windowing, say) has gradient 0.
        gradients = torch.autograd.grad(
            loss.sum(), list(leaves.values()), allow_unused=True, materialize_grads=True
        )
        return loss.detach(), dict(zip(leaves, gradients, strict=True))

    return loss_and_gradient
