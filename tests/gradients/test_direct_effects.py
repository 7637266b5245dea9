"""The compressed ∂⁺z/∂θ holds every entry of the full one, in as few groups as the cell allows."""

import pytest
import torch

from chaoslearn import cells
from chaoslearn.gradients.direct_effects import direct_effects, group
from chaoslearn.gradients.regimes import net_in_regime


@pytest.mark.parametrize(("name", "groups"), [("rnn", 1), ("lstm", 2), ("gru", 1), ("plrnn", 1)])
def test_groups_hold_the_full_matrix(name: str, groups: int) -> None:
    cell, weights = cells.load(name), net_in_regime("chaos", name, latent=8)
    size = cell.state_size(8)
    states = torch.randn(5, size, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    full = direct_effects(cell, weights, states, torch.eye(size, dtype=torch.float64))
    grouping = group(cell, weights, states)
    assert grouping.members.shape == (groups, size)
    assert torch.equal(grouping.members.sum(dim=0), torch.ones(size, dtype=torch.float64))
    rebuilt = torch.zeros_like(full)
    column = torch.arange(full.shape[2])
    compressed = direct_effects(cell, weights, states, grouping.members)
    for owner, effect in zip(grouping.owner, compressed, strict=True):
        rebuilt[owner, :, column] += effect.T
    torch.testing.assert_close(rebuilt, full, rtol=1e-14, atol=1e-14)
