"""Which samples train and which are held out: the past trains, the future tests."""

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError

Flags = NDArray[np.int8]

TRAIN = 0
TEST = 1


def split_in_time(samples: int, *, training_fraction: float) -> Flags:
    """A flag for each sample, `(time,)`: `TRAIN` up to some time, `TEST` from there on.

    With a fraction of 1 all samples train.

    Raises `InputError` for a fraction outside (0, 1].
    """
    if not 0.0 < training_fraction <= 1.0:
        raise InputError(
            f"the training fraction is {training_fraction}; give a number above 0 and at most 1"
        )
    flags = np.full(samples, TEST, dtype=np.int8)
    flags[: round(samples * training_fraction)] = TRAIN
    return flags


def with_whole_past(split: Flags, past: int) -> NDArray[np.intp]:
    """The samples `(kept,)` that have at least `past` samples of their own part before them.

    A delay vector of any other would reach into the other part or before the beginning.
    """
    return np.concatenate([np.flatnonzero(split == part)[past:] for part in (TRAIN, TEST)])


def require_samples(split: Flags, *, training: int, held_out: int) -> None:
    """Raise `InputError` unless a split has at least so many samples in each part."""
    for part, needed, word in ((TRAIN, training, "training"), (TEST, held_out, "held-out")):
        there = int((split == part).sum())
        if there < needed:
            raise InputError(
                f"{there} {word} samples, but at least {needed} are needed; give a longer series, "
                "another share to hold out or a shorter embedding"
            )
