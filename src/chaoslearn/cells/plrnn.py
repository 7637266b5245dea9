"""Piecewise-linear recurrent network: z ← A ∘ z + W relu(z) + h.

A is diagonal, W off-diagonal. Durstewitz (2017), doi:10.1371/journal.pcbi.1005542; Koppe et al.
(2019), doi:10.1371/journal.pcbi.1007263.
"""

from chaoslearn.cells.arithmetic import affine, diagonal, off_diagonal, relu
from chaoslearn.cells.cell import AnyArray, Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member.

    `diagonal` is A `(latent,)`, `recurrent` is W `(latent, latent_from)`, whose own diagonal is
    never used, `bias` is h `(latent,)`.
    """
    return {"diagonal": (latent,), "recurrent": (latent, latent), "bias": (latent,)}


def step(weights: Weights, state: AnyArray) -> AnyArray:
    """Advance the state `(member, sequence, latent)` by one step."""
    coupled = affine(off_diagonal(weights["recurrent"]), weights["bias"], relu(state))
    return weights["diagonal"][:, None] * state + coupled


def jacobian(weights: Weights, state: AnyArray) -> AnyArray:
    """∂F/∂z = diag(A) + W diag(z > 0), `(member, sequence, latent, latent_from)`.

    On the border z = 0 the slope of relu is taken as 0, as automatic differentiation does.
    """
    coupled = off_diagonal(weights["recurrent"])[:, None] * (state > 0)[..., None, :]
    return diagonal(weights["diagonal"])[:, None] + coupled
