"""A job trains on a card exactly when it was given one."""

import pytest
import torch

from chaoslearn.errors import InputError
from chaoslearn.training.device import device_for


def test_without_a_card_it_is_the_processor() -> None:
    assert device_for(0) == "cpu"


@pytest.mark.parametrize("there", [True, False])
def test_a_card_that_was_given_is_used_and_a_missing_one_is_an_error(
    there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    if there:
        assert device_for(1) == "cuda"
    else:
        with pytest.raises(InputError, match="gives this job a GPU, but torch finds none"):
            device_for(1)
