"""Which samples train and which are held out: the past trains, the future tests."""

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError

TRAIN = 0
TEST = 1


def split_in_time(
    samples: int, *, training_fraction: float, fewest_training: int = 1
) -> NDArray[np.int8]:
    """A flag for each sample, `(time,)`: `TRAIN` up to some time, `TEST` from there on.

    With a fraction of 1 all samples train.

    Raises `InputError` for a fraction outside (0, 1] and where fewer than `fewest_training`
    samples would train (a window of T steps needs T + 1).
    """
    if not 0.0 < training_fraction <= 1.0:
        raise InputError(
            f"the training fraction is {training_fraction}; give a number above 0 and at most 1"
        )
    training = round(samples * training_fraction)
    if training < fewest_training:
        raise InputError(
            f"{training} of {samples} samples would train where {fewest_training} are needed; "
            "give a longer series, a larger training fraction or a shorter window"
        )
    flags = np.full(samples, TEST, dtype=np.int8)
    flags[:training] = TRAIN
    return flags
