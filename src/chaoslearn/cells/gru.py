"""Gated recurrent unit with zero input.

    r, u = σ(W_r z + b_r), σ(W_u z + b_u)
    n = tanh(b_n + r ∘ (W_n z + b'_n))
    z ← (1 − u) ∘ n + u ∘ z

Cho et al. (2014), doi:10.3115/v1/D14-1179, in PyTorch's form, where the reset gate r acts after the
matrix product and b'_n stands inside; of the gates' two biases only the sum matters.
"""

import torch
from torch import Tensor

from chaoslearn.cells.affine import affine, scale_rows
from chaoslearn.cells.cell import Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member, in the order reset, update, new.

    `recurrent` is W `(gate_latent, latent_from)`, `bias` is b `(gate_latent,)`, where `gate_latent`
    is three times `latent`; `bias_new` is b'_n `(latent,)`.
    """
    return {
        "recurrent": (3 * latent, latent),
        "bias": (3 * latent,),
        "bias_new": (latent,),
    }


def step(weights: Weights, state: Tensor) -> Tensor:
    """Advance the state `(member, sequence, latent)` by one step."""
    _, u, n, _ = _gates(weights, state)
    return n + u * (state - n)


def jacobian(weights: Weights, state: Tensor) -> Tensor:
    """∂F/∂z, `(member, sequence, latent, latent_from)`."""
    r, u, n, drive = _gates(weights, state)
    w_r, w_u, w_n = weights["recurrent"].chunk(3, dim=-2)
    by_new = (1 - u) * (1 - n**2)
    return (
        scale_rows(by_new * drive * r * (1 - r), w_r)
        + scale_rows((state - n) * u * (1 - u), w_u)
        + scale_rows(by_new * r, w_n)
        + torch.diag_embed(u)
    )


def _gates(weights: Weights, state: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Reset r, update u, new n, and the drive W_n z + b'_n that the reset gate scales."""
    bias_r, bias_u, bias_n = weights["bias"].chunk(3, dim=-1)
    offset = torch.cat([bias_r, bias_u, weights["bias_new"]], dim=-1)
    drive_r, drive_u, drive_n = affine(weights["recurrent"], offset, state).chunk(3, dim=-1)
    r, u = drive_r.sigmoid(), drive_u.sigmoid()
    n = (bias_n.unsqueeze(1) + r * drive_n).tanh()
    return r, u, n, drive_n
