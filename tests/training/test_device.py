"""A job trains on a card exactly when it was given one, and on one of its own while there are."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from chaoslearn.errors import InputError
from chaoslearn.training.device import claimed, device_for


def test_without_a_card_it_is_the_processor() -> None:
    with device_for(0) as device:
        assert device == "cpu"


def test_a_missing_card_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    refused = pytest.raises(InputError, match="gives this job a GPU, but torch finds none")
    with refused, device_for(1):
        pass


def test_a_card_that_was_given_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[int] = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(
        torch.cuda, "get_device_properties", lambda card: SimpleNamespace(uuid=f"test-{card}")
    )
    monkeypatch.setattr(torch.cuda, "set_device", chosen.append)
    with device_for(1) as first, device_for(1) as second:
        assert (first, second) == ("cuda", "cuda")
    assert chosen == [0, 1]


def test_jobs_spread_over_the_cards_before_two_share_one(tmp_path: Path) -> None:
    with ExitStack() as jobs:
        held = [jobs.enter_context(claimed(["a", "b"], tmp_path)) for _ in range(5)]
    assert held == [0, 1, 0, 1, 0]
    with claimed(["a", "b"], tmp_path) as card:
        assert card == 0


HOLDER = """
import sys
from pathlib import Path
from chaoslearn.training.device import claimed
with claimed(["a", "b"], Path(sys.argv[1])) as card:
    print(card, flush=True)
    sys.stdin.read()
"""


def test_a_killed_job_lets_its_card_go(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "0\n"
    with claimed(["a", "b"], tmp_path) as card:
        assert card == 1
    holder.kill()
    holder.communicate()
    with claimed(["a", "b"], tmp_path) as card:
        assert card == 0
