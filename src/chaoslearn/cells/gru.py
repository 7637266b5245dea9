"""Gated recurrent unit with zero input.

    r, u = σ(W_r z + b_r), σ(W_u z + b_u)
    n = tanh(b_n + r ∘ (W_n z + b'_n))
    z ← (1 − u) ∘ n + u ∘ z

Cho et al. (2014), doi:10.3115/v1/D14-1179, in PyTorch's form, where the reset gate r acts after the
matrix product and b'_n stands inside; of the gates' two biases only the sum matters.
"""

from chaoslearn.cells.arithmetic import affine, diagonal, joined, parts, scale_rows, sigmoid, tanh
from chaoslearn.cells.cell import AnyArray, Weights


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


def step(weights: Weights, state: AnyArray) -> AnyArray:
    """Advance the state `(member, sequence, latent)` by one step."""
    _, u, n, _ = _gates(weights, state)
    return n + u * (state - n)


def jacobian(weights: Weights, state: AnyArray) -> AnyArray:
    """∂F/∂z, `(member, sequence, latent, latent_from)`."""
    r, u, n, drive = _gates(weights, state)
    w_r, w_u, w_n = parts(weights["recurrent"], 3, axis=-2)
    by_new = (1 - u) * (1 - n**2)
    return (
        scale_rows(by_new * drive * r * (1 - r), w_r)
        + scale_rows((state - n) * u * (1 - u), w_u)
        + scale_rows(by_new * r, w_n)
        + diagonal(u)
    )


def _gates(weights: Weights, state: AnyArray) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray]:
    """Reset r, update u, new n, and the drive W_n z + b'_n that the reset gate scales."""
    bias_r, bias_u, bias_n = parts(weights["bias"], 3)
    offset = joined([bias_r, bias_u, weights["bias_new"]])
    drive_r, drive_u, drive_n = parts(affine(weights["recurrent"], offset, state), 3)
    r, u = sigmoid(drive_r), sigmoid(drive_u)
    n = tanh(bias_n[:, None] + r * drive_n)
    return r, u, n, drive_n
