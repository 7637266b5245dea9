"""∂⁺z/∂θ: how the parameters act on the next state at a fixed present one, in compressed form.

This matrix `(state, parameter)` is nearly empty: in every usual cell a parameter acts on the state
variables of one unit only. State variables that share no parameter can therefore be differentiated
together, by pulling back one vector that is 1 on all of them: one pull-back for the rnn, two for
the lstm (h and c) instead of sixty. A cell without that structure gets a group for each state
variable, which is the full matrix again.

Curtis, Powell, Reid (1974), On the estimation of sparse Jacobian matrices,
doi:10.1093/imamat/13.1.117.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from chaoslearn.cells.cell import Cell, Weights

PROBES = 64  # random states at which the pattern is looked for


@dataclass(frozen=True)
class Grouping:
    """State variables that are differentiated together.

    `members` `(group, state)` is 1 where a state variable belongs to the group, else 0; `owner`
    `(group, parameter)` is the state variable of the group on which a parameter acts (0 where it
    acts on none, and the effect is zero).
    """

    members: Tensor
    owner: Tensor


def direct_effects(cell: Cell, weights: Weights, states: Tensor, directions: Tensor) -> Tensor:
    """Derivatives of `directions` · z_{t+1} by the cell's parameters at fixed z_t.

    `weights` are one member's `(1, …)`, `states` `(start, state)`, `directions`
    `(direction, state)`. Gives `(direction, start, parameter)`, parameters in the order of the
    cell's `shapes`, row by row; the readout is none of them.
    """
    starts = len(states)
    own = cell.shapes(weights["readout"].shape[-1])
    # Every start gets its own copy of the weights, so that its derivative is its own.
    copies = {name: weights[name].expand(starts, *weights[name].shape[1:]) for name in own}
    pull_back = torch.func.vjp(lambda own: cell.step(own, states[:, None])[:, 0], copies)[1]
    laid_out = directions[:, None].expand(-1, starts, -1)
    (derivatives,) = torch.func.vmap(pull_back)(laid_out)
    return torch.cat([array.flatten(2) for array in derivatives.values()], dim=-1)


def group(cell: Cell, weights: Weights, states: Tensor) -> Grouping:
    """Group the state variables of a cell.

    Which entries of ∂⁺z/∂θ can differ from zero is read off at `states` `(start, state)`, and at
    random states and their mirror images, so that a unit that is off in one is on in the other.
    """
    size = states.shape[1]
    probes = torch.randn(PROBES // 2, size, generator=torch.Generator().manual_seed(0))
    probes = torch.cat([states, probes, -probes]).to(states.dtype)
    every_one = torch.eye(size, dtype=states.dtype)
    acts = (direct_effects(cell, weights, probes, every_one) != 0).any(dim=1)  # (state, parameter)
    groups = _without_conflict(acts)
    members = torch.stack([every_one[group].sum(dim=0) for group in groups])
    owner = torch.stack([(acts & (row[:, None] > 0)).int().argmax(dim=0) for row in members])
    return Grouping(members, owner)


def _without_conflict(acts: Tensor) -> list[list[int]]:
    """Put each state variable into the first group in which no other has a parameter of its own."""
    groups: list[list[int]] = []
    for variable in range(len(acts)):
        for group in groups:
            if not (acts[variable] & acts[group].any(dim=0)).any():
                group.append(variable)
                break
        else:
            groups.append([variable])
    return groups
