"""Where a job trains: on a card exactly when the workflow gave it one, and on one of its own."""

from __future__ import annotations

import fcntl
import itertools
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from chaoslearn.errors import InputError


@contextmanager
def device_for(cards: int) -> Iterator[str]:
    """ "cuda" for a job that was given a card, else "cpu".

    Snakemake says that a job has a card, not which. Jobs of one user on one machine spread over
    the cards that torch sees: two share a card only where more run at a time than there are cards
    (the profile's cap on ``gpu``).

    Raises
    ------
    InputError : a card was given and there is none; falling back in silence would take days.
    """
    if not cards:
        yield "cpu"
        return
    import torch  # takes seconds, which a job without a card need not wait

    if not torch.cuda.is_available():
        raise InputError(
            "the profile gives this job a GPU, but torch finds none; install a CUDA build of torch "
            "or use the default profile"
        )
    names = [
        str(torch.cuda.get_device_properties(card).uuid)
        for card in range(torch.cuda.device_count())
    ]
    with claimed(names) as card:
        torch.cuda.set_device(card)
        yield "cuda"


@contextmanager
def claimed(cards: Sequence[str], folder: Path | None = None) -> Iterator[int]:
    """The position of a card that as few others hold as possible, held until the context ends.

    A place on a card is a file that its holder has locked; the system lets go of the lock when the
    holder dies, however it does.

    Parameters
    ----------
    cards : their names, the same for all who share them.
    folder : of the files; the user's own in the machine's temporary folder if not given.
    """
    folder = folder or Path(tempfile.gettempdir()) / f"chaoslearn-cards-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for place, position, card in _places(cards):
        descriptor = os.open(folder / f"{card}-{place}.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        try:
            yield position
        finally:
            os.close(descriptor)
        return


def _places(cards: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The first place on every card, then the second on every card, and so on."""
    for place in itertools.count():
        for position, card in enumerate(cards):
            yield place, position, card


def described(device: str) -> str:
    """What computes, for a file's attributes: "cpu", or the card's name."""
    if device == "cpu":
        return device
    import torch

    return torch.cuda.get_device_name()
