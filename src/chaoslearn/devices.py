"""A card for each job: locks on files, which end with the process that holds them.

Snakemake counts cards but hands out no number, so the jobs of a machine agree among themselves. A
card has as many slots as jobs may share it, a slot is a file in the folder for temporary files,
and who holds the lock on the file has the slot. The kernel frees it even when its holder is killed.
"""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from chaoslearn.errors import InputError

SECONDS_BETWEEN_TRIES = 1.0
# One user's: another's files could not be locked, and another's jobs are not Snakemake's to count.
FOLDER = Path(tempfile.gettempdir()) / f"chaoslearn-cards-{os.getuid()}"


@contextmanager
def claimed_card(
    cards: Sequence[str], jobs_per_card: int = 1, folder: Path = FOLDER
) -> Iterator[int]:
    """Hold a slot of the least used card; waits while all are taken.

    Parameters
    ----------
    cards : names that tell the cards of the machine apart, as their UUIDs do; a card's number will
        not do, since a batch system may show every job its own card as number 0.
    jobs_per_card : how many jobs may share a card.
    folder : of the lock files; the same for all jobs of the machine.

    Yields
    ------
    int : the card's index in ``cards``.

    Raises
    ------
    InputError : there is no card, or no job may use one.
    """
    if not cards or jobs_per_card < 1:
        raise InputError(
            f"{len(cards)} cards, {jobs_per_card} jobs on each: a job that trains on a card needs "
            "one; set jobs_per_gpu to 1 or more, or use a profile without cards"
        )
    folder.mkdir(exist_ok=True)
    # All first slots before any second: jobs spread over the cards before they share one.
    slots = [(index, slot) for slot in range(jobs_per_card) for index in range(len(cards))]
    told = False
    while True:
        for index, slot in slots:
            with (folder / f"{cards[index]}-{slot}.lock").open("w") as file:
                if _locked(file.fileno()):
                    yield index
                    return
        if not told:
            logging.getLogger(__name__).info("all %d slots taken; waiting for a card", len(slots))
            told = True
        time.sleep(SECONDS_BETWEEN_TRIES)


def _locked(file: int) -> bool:
    """Whether the lock is ours now; closing the file gives it back."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
