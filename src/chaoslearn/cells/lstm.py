"""Long short-term memory with zero input.

    i, f, g, o = σ, σ, tanh, σ of W h + b
    c ← f ∘ c + i ∘ g
    h ← o ∘ tanh(c)

Hochreiter and Schmidhuber (1997), doi:10.1162/neco.1997.9.8.1735; forget gate: Gers, Schmidhuber
and Cummins (2000), doi:10.1162/089976600300015015. The state holds h and c side by side, h first;
the order of the gates is PyTorch's, whose two biases add up to b here.
"""

from chaoslearn.cells.arithmetic import (
    affine,
    beside_diagonals,
    joined,
    parts,
    scale_rows,
    sigmoid,
    tanh,
    zeros_like,
)
from chaoslearn.cells.cell import AnyArray, Weights


def shapes(latent: int) -> dict[str, tuple[int, ...]]:
    """Weights of one member, gates in the order input, forget, cell, output.

    `recurrent` is W `(gate_latent, latent_from)`, `bias` is b `(gate_latent,)`, where `gate_latent`
    is four times `latent`.
    """
    return {"recurrent": (4 * latent, latent), "bias": (4 * latent,)}


def step(weights: Weights, state: AnyArray) -> AnyArray:
    """Advance the state `(member, sequence, h and c)` by one step."""
    return _advance(_gates(weights, state), state)


def jacobian(weights: Weights, state: AnyArray) -> AnyArray:
    """∂F/∂(h, c), `(member, sequence, h and c, h and c)`."""
    gates = _gates(weights, state)
    i, f, g, o = gates
    _, memory = parts(state, 2)
    _, new_memory = parts(_advance(gates, state), 2)
    squashed = tanh(new_memory)
    w_i, w_f, w_g, w_o = parts(weights["recurrent"], 4, axis=-2)
    memory_by_hidden = (
        scale_rows(g * i * (1 - i), w_i)
        + scale_rows(memory * f * (1 - f), w_f)
        + scale_rows(i * (1 - g**2), w_g)
    )
    hidden_by_memory = o * (1 - squashed**2)
    hidden_by_hidden = (
        scale_rows(squashed * o * (1 - o), w_o) + hidden_by_memory[..., None] * memory_by_hidden
    )
    return beside_diagonals(hidden_by_hidden, hidden_by_memory * f, memory_by_hidden, f)


def state_size(latent: int) -> int:
    """Number of state variables: h and c, each of size `latent`."""
    return 2 * latent


def lift(latent: AnyArray) -> AnyArray:
    """A state (h, c) from h `(…, latent)`, with c = 0."""
    return joined([latent, zeros_like(latent)])


def hidden(state: AnyArray) -> AnyArray:
    """h of the state (h, c), `(…, latent)`."""
    return state[..., : state.shape[-1] // 2]


def _gates(weights: Weights, state: AnyArray) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray]:
    i, f, g, o = parts(affine(weights["recurrent"], weights["bias"], hidden(state)), 4)
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)


def _advance(gates: tuple[AnyArray, AnyArray, AnyArray, AnyArray], state: AnyArray) -> AnyArray:
    i, f, g, o = gates
    _, memory = parts(state, 2)
    new_memory = f * memory + i * g
    return joined([o * tanh(new_memory), new_memory])
