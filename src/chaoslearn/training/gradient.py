"""Loss and gradient of an ensemble: by automatic differentiation, or by a fused kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.forcing.plan import Plan
from chaoslearn.training import kernels
from chaoslearn.training.loss import window_loss

Gradients = dict[str, Tensor]
# (weights by name (member, …), the windows' first samples (member, batch), plan)
# → loss (member,) and the gradient by name (member, …)
LossAndGradient = Callable[[Mapping[str, Tensor], Tensor, Plan], tuple[Tensor, Gradients]]


def by_autograd(cell: Cell, series: Tensor) -> LossAndGradient:
    """Any cell, any device, any precision; the reference.

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


def by_kernel(cell: Cell, series: Tensor, threads: int) -> LossAndGradient:
    """The fused kernel of ``cell``, float32 on the CPU (``kernels.available(cell.name)``).

    Parameters
    ----------
    series : ``(time, component)``.
    threads : members are shared out to this many threads; the result does not depend on it.
    """
    samples = np.ascontiguousarray(series.numpy(), dtype=np.float32)

    def loss_and_gradient(
        weights: Mapping[str, Tensor], starts: Tensor, plan: Plan
    ) -> tuple[Tensor, Gradients]:
        gradients = {name: torch.empty_like(weight) for name, weight in weights.items()}
        loss = torch.empty(len(starts))
        kernels.loss_and_gradient(
            cell.name,
            {name: weight.numpy() for name, weight in weights.items()},
            samples,
            starts.numpy(),
            np.array(plan.starts),
            plan.window,
            plan.begins,
            {name: gradient.numpy() for name, gradient in gradients.items()},
            loss.numpy(),
            threads,
        )
        return loss, gradients

    return loss_and_gradient
