"""Long short-term memory with zero input.

    i, f, g, o = σ, σ, tanh, σ of W h + b
    c ← f ∘ c + i ∘ g
    h ← o ∘ tanh(c)

Hochreiter and Schmidhuber (1997), doi:10.1162/neco.1997.9.8.1735; forget gate: Gers, Schmidhuber
and Cummins (2000), doi:10.1162/089976600300015015. The state holds h and c side by side, h first;
the order of the gates is PyTorch's, whose two biases add up to b here.
"""

import torch
from torch import Tensor

from chaoslearn.cells.affine import affine, scale_rows
from chaoslearn.cells.cell import Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member, gates in the order input, forget, cell, output.

    `recurrent` is W `(gate_latent, latent_from)`, `bias` is b `(gate_latent,)`, where `gate_latent`
    is four times `latent`.
    """
    return {"recurrent": (4 * latent, latent), "bias": (4 * latent,)}


def step(weights: Weights, state: Tensor) -> Tensor:
    """Advance the state `(member, sequence, h and c)` by one step."""
    return _advance(_gates(weights, state), state)


def jacobian(weights: Weights, state: Tensor) -> Tensor:
    """∂F/∂(h, c), `(member, sequence, h and c, h and c)`."""
    gates = _gates(weights, state)
    i, f, g, o = gates
    _, memory = state.chunk(2, dim=-1)
    _, new_memory = _advance(gates, state).chunk(2, dim=-1)
    squashed = new_memory.tanh()
    w_i, w_f, w_g, w_o = weights["recurrent"].chunk(4, dim=-2)
    memory_by_hidden = (
        scale_rows(g * i * (1 - i), w_i)
        + scale_rows(memory * f * (1 - f), w_f)
        + scale_rows(i * (1 - g**2), w_g)
    )
    hidden_by_memory = o * (1 - squashed**2)
    hidden_by_hidden = (
        scale_rows(squashed * o * (1 - o), w_o) + hidden_by_memory.unsqueeze(-1) * memory_by_hidden
    )
    of_hidden = torch.cat([hidden_by_hidden, torch.diag_embed(hidden_by_memory * f)], dim=-1)
    of_memory = torch.cat([memory_by_hidden, torch.diag_embed(f)], dim=-1)
    return torch.cat([of_hidden, of_memory], dim=-2)


def state_size(latent: int) -> int:
    """Number of state variables: h and c, each of size `latent`."""
    return 2 * latent


def lift(latent: Tensor) -> Tensor:
    """A state (h, c) from h `(…, latent)`, with c = 0."""
    return torch.cat([latent, torch.zeros_like(latent)], dim=-1)


def hidden(state: Tensor) -> Tensor:
    """h of the state (h, c), `(…, latent)`."""
    return state[..., : state.shape[-1] // 2]


def _gates(weights: Weights, state: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    drives = affine(weights["recurrent"], weights["bias"], hidden(state))
    i, f, g, o = drives.chunk(4, dim=-1)
    return i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()


def _advance(gates: tuple[Tensor, Tensor, Tensor, Tensor], state: Tensor) -> Tensor:
    i, f, g, o = gates
    _, memory = state.chunk(2, dim=-1)
    new_memory = f * memory + i * g
    return torch.cat([o * new_memory.tanh(), new_memory], dim=-1)
