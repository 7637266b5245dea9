"""Nets whose dynamical regime is known from how they are made.

A fixed point comes from contraction. A cycle and a torus live in a *core* of two units that sees
no other unit: a rotation by a quarter turn, or by an angle that is no rational part of a turn,
expanding at the origin and held back by saturation. All other units follow the core through
contracting random weights: they make the net large without changing its regime. Chaos comes from
large random weights in every unit (Sompolinsky, Crisanti, Sommers 1988,
doi:10.1103/PhysRevLett.61.259); at 30 units about one draw in five is not chaotic, or has other
attractors beside, so its spectrum is to be checked.

The lstm and the gru get this matrix in their candidate (cell, new), and gates near open for what
is new and near shut for what is old: they work close to the rnn, yet their gates depend on the
state (in a core they are constant). The plrnn saturates on one side only and has cores of its own,
one for chaos too.
"""

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError

Array = npt.NDArray[np.float64]

REGIMES = ("fixed-point", "cycle", "torus", "chaos")

CORE = 2  # units of a core
OPEN = 3.0  # bias of an open gate: σ(3) = 0.95; −OPEN shuts it
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
CHAOTIC_GAIN = {"rnn": 3.0, "lstm": 5.0, "gru": 5.0}


def _rotation(angle: float) -> Array:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


# Matrix and bias of an excitatory unit, which the other inhibits, and an inhibitory one, which it
# excites. The cycle is that of x ← 1 − 2 relu(x), taken every second step; the torus turns about
# (1, 1); the chaos was found by a search and lasts over wide ranges of its parameters.
TURN = 1.02 * _rotation(1.0)
PIECEWISE_LINEAR_CORES = {
    "cycle": (np.array([[0.1, -2.0], [1.0, 0.1]]), np.array([1.0, 0.0])),
    "torus": (TURN, (np.eye(CORE) - TURN).sum(axis=1)),
    "chaos": (np.array([[0.9, -4.0], [1.0, -0.6]]), np.array([1.0, 0.0])),
}


def net_in_regime(
    regime: str, cell: str, latent: int = 30, component: int = 3, seed: int = 2
) -> dict[str, Array]:
    """Weights of a net of the given `regime` and `cell`, one member `(1, …)`, float64.

    Random states of order one settle on the attractor within some hundred steps. With the default
    seed all four cells are chaotic at 30 latent units where asked to be. Raises `InputError` for
    an unknown regime, a cell without a construction, and fewer latent units than a core has.
    """
    if regime not in REGIMES:
        raise InputError(f"regime '{regime}' is not known: use one of {', '.join(REGIMES)}")
    if cell not in _CONSTRUCTIONS:
        known = ", ".join(_CONSTRUCTIONS)
        raise InputError(f"cell '{cell}' has no net of known regime: use one of {known}")
    if latent < CORE:
        raise InputError(f"latent is {latent}: a net of known regime needs at least {CORE}")
    generator = np.random.default_rng(seed)
    weights = _CONSTRUCTIONS[cell](regime, latent, generator)
    weights["readout"] = generator.uniform(-1, 1, (component, latent)) / np.sqrt(latent)
    return {name: array[None] for name, array in weights.items()}


def _rnn(regime: str, latent: int, generator: np.random.Generator) -> dict[str, Array]:
    return {
        "recurrent": _saturating(regime, latent, CHAOTIC_GAIN["rnn"], generator),
        "bias": _bias(regime, latent, generator),
    }


def _lstm(regime: str, latent: int, generator: np.random.Generator) -> dict[str, Array]:
    candidate = _saturating(regime, latent, CHAOTIC_GAIN["lstm"], generator)
    enter, forget, leave = (_gate(regime, latent, generator) for _ in range(3))
    constant = np.full(latent, OPEN)
    return {
        "recurrent": np.concatenate([enter, forget, candidate, leave]),
        "bias": np.concatenate([constant, -constant, _bias(regime, latent, generator), constant]),
    }


def _gru(regime: str, latent: int, generator: np.random.Generator) -> dict[str, Array]:
    candidate = _saturating(regime, latent, CHAOTIC_GAIN["gru"], generator)
    reset, update = (_gate(regime, latent, generator) for _ in range(2))
    constant = np.full(latent, OPEN)
    return {
        "recurrent": np.concatenate([reset, update, candidate]),
        "bias": np.concatenate([constant, -constant, _bias(regime, latent, generator)]),
        "bias_new": np.zeros(latent),
    }


def _plrnn(regime: str, latent: int, generator: np.random.Generator) -> dict[str, Array]:
    diagonal = np.full(latent, 0.4)
    recurrent = 0.4 * _orthogonal(latent, generator)
    bias = generator.uniform(-0.5, 0.5, latent)
    if regime in PIECEWISE_LINEAR_CORES:
        core, core_bias = PIECEWISE_LINEAR_CORES[regime]
        _lead(recurrent, core, generator)
        diagonal[:CORE], bias[:CORE] = np.diag(core), core_bias
    return {"diagonal": diagonal, "recurrent": recurrent, "bias": bias}


_CONSTRUCTIONS = {"rnn": _rnn, "lstm": _lstm, "gru": _gru, "plrnn": _plrnn}


def has_construction(cell: str) -> bool:
    """Whether nets of known regime can be made of a cell."""
    return cell in _CONSTRUCTIONS


def _saturating(
    regime: str, latent: int, chaotic_gain: float, generator: np.random.Generator
) -> Array:
    """Recurrent matrix of units that saturate on both sides, as tanh does."""
    if regime == "chaos":
        return generator.normal(scale=chaotic_gain / np.sqrt(latent), size=(latent, latent))
    recurrent = 0.5 * _orthogonal(latent, generator)
    if regime == "cycle":
        _lead(recurrent, 2.0 * _rotation(np.pi / 2), generator)
    elif regime == "torus":
        _lead(recurrent, 1.3 * _rotation(GOLDEN_ANGLE), generator)
    return recurrent


def _gate(regime: str, latent: int, generator: np.random.Generator) -> Array:
    """Random weights of a gate, but none on the gates of a core, which keeps its symmetry."""
    weights = generator.normal(scale=0.5 / np.sqrt(latent), size=(latent, latent))
    if regime in ("cycle", "torus"):
        weights[:CORE] = 0
    return weights


def _bias(regime: str, latent: int, generator: np.random.Generator) -> Array:
    bias = generator.uniform(-0.5, 0.5, latent)
    if regime in ("cycle", "torus"):
        bias[:CORE] = 0
    return bias


def _lead(recurrent: Array, core: Array, generator: np.random.Generator) -> None:
    """Put a core into the first units, let it drive the others, and shut it off from them."""
    recurrent[:CORE, CORE:] = 0
    recurrent[:CORE, :CORE] = core
    recurrent[CORE:, :CORE] = generator.normal(size=(len(recurrent) - CORE, CORE))


def _orthogonal(size: int, generator: np.random.Generator) -> Array:
    return np.linalg.qr(generator.normal(size=(size, size))).Q
