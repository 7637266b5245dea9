"""Elman's recurrent network with zero input: z ← tanh(W z + b).

Elman (1990), Finding structure in time, doi:10.1207/s15516709cog1402_1. PyTorch's `RNNCell` has
two biases, which add up to b here.
"""

from torch import Tensor

from chaoslearn.cells.affine import affine, scale_rows
from chaoslearn.cells.cell import Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member: `recurrent` is W `(latent, latent_from)`, `bias` is b `(latent,)`."""
    return {"recurrent": (latent, latent), "bias": (latent,)}


def step(weights: Weights, state: Tensor) -> Tensor:
    """Advance the state `(member, sequence, latent)` by one step."""
    return affine(weights["recurrent"], weights["bias"], state).tanh()


def jacobian(weights: Weights, state: Tensor) -> Tensor:
    """∂F/∂z = diag(1 − F(z)²) W, `(member, sequence, latent, latent_from)`."""
    return scale_rows(1 - step(weights, state) ** 2, weights["recurrent"])
