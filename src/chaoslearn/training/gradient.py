"""Loss and gradient of an ensemble, and the fused kernels that compute them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.cell import AnyArray, Cell
from chaoslearn.forcing.plan import Plan
from chaoslearn.training import kernels

Gradients = dict[str, AnyArray]
# (weights by name (member, …), the windows' first samples (member, batch), plan)
# → loss (member,) and the gradient by name (member, …)
LossAndGradient = Callable[[Mapping[str, AnyArray], AnyArray, Plan], tuple[AnyArray, Gradients]]


def by_kernel(cell: Cell, series: NDArray[np.float32], threads: int) -> LossAndGradient:
    """The fused kernel of ``cell``, on the CPU (``kernels.available(cell.name)``).

    Parameters
    ----------
    series : ``(time, component)``.
    threads : members are shared out to this many threads; the result does not depend on it.
    """

    def loss_and_gradient(
        weights: Mapping[str, AnyArray], starts: AnyArray, plan: Plan
    ) -> tuple[AnyArray, Gradients]:
        gradients = {name: np.empty_like(weight) for name, weight in weights.items()}
        loss = np.empty(len(starts), np.float32)
        kernels.loss_and_gradient(
            cell.name, weights, series, starts, np.array(plan.starts), plan.window, plan.begins,
            gradients, loss, threads,
        )  # fmt: skip
        return loss, gradients

    return loss_and_gradient
