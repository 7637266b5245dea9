"""Elman's recurrent network with zero input: z ← tanh(W z + b).

Elman (1990), Finding structure in time, doi:10.1207/s15516709cog1402_1. PyTorch's `RNNCell` has
two biases, which add up to b here.
"""

from chaoslearn.cells.arithmetic import affine, scale_rows, tanh
from chaoslearn.cells.cell import AnyArray, Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member: `recurrent` is W `(latent, latent_from)`, `bias` is b `(latent,)`."""
    return {"recurrent": (latent, latent), "bias": (latent,)}


def step(weights: Weights, state: AnyArray) -> AnyArray:
    """Advance the state `(member, sequence, latent)` by one step."""
    return tanh(affine(weights["recurrent"], weights["bias"], state))


def jacobian(weights: Weights, state: AnyArray) -> AnyArray:
    """∂F/∂z = diag(1 − F(z)²) W, `(member, sequence, latent, latent_from)`."""
    return scale_rows(1 - step(weights, state) ** 2, weights["recurrent"])
