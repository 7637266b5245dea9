"""What a person wants to know while a training runs, one line every few seconds."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS_BETWEEN_LINES = 10.0


@dataclass
class Progress:
    """Says epoch, loss, members alive and the time left, at most every ``SECONDS_BETWEEN_LINES``.

    Attributes
    ----------
    title : what is being trained.
    epochs : how many there are in all.
    first_epoch : where this run began (> 0 after a restart).
    """

    title: str
    epochs: int
    first_epoch: int = 0
    clock: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _said: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self._said = self.clock()

    def epoch_done(self, epoch: int, loss: float, alive: int, members: int) -> None:
        """Tell that ``epoch`` (counted from 0) is over; ``loss`` is the median of members alive."""
        now = self.clock()
        done = epoch - self.first_epoch
        if done == 0:
            self._began = now  # the first epoch may have compiled a kernel: it tells no speed
        last = epoch + 1 == self.epochs
        if not last and (done == 0 or now - self._said < SECONDS_BETWEEN_LINES):
            return
        self._said = now
        left = (now - self._began) / max(done, 1) * (self.epochs - epoch - 1)
        logging.getLogger(__name__).info(
            "%s: epoch %d of %d, loss %.3g, %d of %d members alive, %s left",
            self.title, epoch + 1, self.epochs, loss, alive, members, _duration(left),
        )  # fmt: skip


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
