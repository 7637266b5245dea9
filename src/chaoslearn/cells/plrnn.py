"""Piecewise-linear recurrent network: z ← A ∘ z + W relu(z) + h.

A is diagonal, W off-diagonal. Durstewitz (2017), doi:10.1371/journal.pcbi.1005542; Koppe et al.
(2019), doi:10.1371/journal.pcbi.1007263.
"""

import torch
from torch import Tensor

from chaoslearn.cells.affine import affine
from chaoslearn.cells.cell import Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member.

    `diagonal` is A `(latent,)`, `recurrent` is W `(latent, latent_from)`, whose own diagonal is
    never used, `bias` is h `(latent,)`.
    """
    return {"diagonal": (latent,), "recurrent": (latent, latent), "bias": (latent,)}


def step(weights: Weights, state: Tensor) -> Tensor:
    """Advance the state `(member, sequence, latent)` by one step."""
    coupled = affine(off_diagonal(weights["recurrent"]), weights["bias"], state.relu())
    return weights["diagonal"].unsqueeze(1) * state + coupled


def jacobian(weights: Weights, state: Tensor) -> Tensor:
    """∂F/∂z = diag(A) + W diag(z > 0), `(member, sequence, latent, latent_from)`.

    On the border z = 0 the slope of relu is taken as 0, as automatic differentiation does.
    """
    active = (state > 0).to(state.dtype)
    coupled = off_diagonal(weights["recurrent"]).unsqueeze(1) * active.unsqueeze(-2)
    return torch.diag_embed(weights["diagonal"]).unsqueeze(1) + coupled


def off_diagonal(recurrent: Tensor) -> Tensor:
    """W `(…, latent, latent_from)` with its diagonal set to zero."""
    diagonal = torch.eye(recurrent.shape[-1], dtype=torch.bool, device=recurrent.device)
    return recurrent.masked_fill(diagonal, 0.0)
