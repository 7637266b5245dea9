"""Lines of progress, on a clock of the test's own."""

import logging

import pytest

from chaoslearn.training.progress import Progress


@pytest.fixture
def said(caplog):
    """What a training of ten epochs says that takes so many seconds for the first and the others.

    It begins with epoch 2, as after a restart.
    """

    def run(first: float, other: float) -> list[str]:
        now = 0.0
        progress = Progress("net", epochs=10, first_epoch=2, clock=lambda: now)
        for epoch in range(2, 10):
            now += first if epoch == 2 else other
            progress.epoch_done(epoch, 0.5, 3, 4)
        return [record.getMessage() for record in caplog.records]

    caplog.set_level(logging.INFO)
    return run


def test_the_first_epoch_compiles_and_says_nothing_of_the_time_left(said):
    lines = said(100.0, 11.0)
    assert len(lines) == 7
    assert lines[0] == "net: epoch 4 of 10, loss 0.5, 3 of 4 members alive, 1 min 06 s left"
    assert lines[-1] == "net: epoch 10 of 10, loss 0.5, 3 of 4 members alive, 0 s left"


def test_short_epochs_share_a_line_and_the_last_is_told(said):
    lines = said(1.0, 4.0)
    assert [line.split(", ")[0] for line in lines] == [
        "net: epoch 6 of 10", "net: epoch 9 of 10", "net: epoch 10 of 10",
    ]  # fmt: skip
    assert "16 s left" in lines[0]
