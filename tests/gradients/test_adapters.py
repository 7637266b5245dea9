"""One member of an ensemble as double-precision weights."""

import torch

from chaoslearn.gradients.adapters import one_member


def test_one_member_of_an_ensemble_is_taken_in_double_precision() -> None:
    ensemble = {"recurrent": torch.rand(3, 2, 2, requires_grad=True)}
    member = one_member(ensemble, 1)["recurrent"]
    assert member.shape == (1, 2, 2)
    assert member.dtype == torch.float64
    assert not member.requires_grad
    assert torch.equal(member[0].float(), ensemble["recurrent"][1])
