"""The split in time."""

import numpy as np
import pytest
from hypothesis import given, strategies as some

from chaoslearn.errors import InputError
from chaoslearn.series.split import (
    TEST,
    TRAIN,
    require_samples,
    split_in_time,
    with_whole_past,
)


@given(some.integers(10, 1000), some.floats(0.2, 1.0))
def test_the_past_trains_and_the_future_tests(samples: int, fraction: float) -> None:
    flags = split_in_time(samples, training_fraction=fraction)
    training = round(samples * fraction)
    assert flags.shape == (samples,)
    assert (flags[:training] == TRAIN).all()
    assert (flags[training:] == TEST).all()


@pytest.mark.parametrize("fraction", [0.0, -0.5, 1.01, float("nan")])
def test_fractions_that_are_none(fraction: float) -> None:
    with pytest.raises(InputError, match="training fraction"):
        split_in_time(100, training_fraction=fraction)


@given(some.integers(1, 60), some.integers(1, 60), some.integers(0, 20))
def test_no_sample_is_kept_whose_past_is_in_the_other_part(
    training: int, held_out: int, past: int
) -> None:
    split = np.repeat(np.array([TRAIN, TEST], dtype=np.int8), [training, held_out])
    kept = with_whole_past(split, past)
    assert len(kept) == max(0, training - past) + max(0, held_out - past)
    assert (kept >= past).all()
    for delay in range(past + 1):
        np.testing.assert_array_equal(split[kept - delay], split[kept])


def test_a_part_without_enough_samples_is_refused() -> None:
    split = split_in_time(400, training_fraction=0.75)
    require_samples(split, training=300, held_out=100)
    with pytest.raises(InputError, match="300 training samples, but at least 301 are needed"):
        require_samples(split, training=301, held_out=0)
    with pytest.raises(InputError, match="100 held-out samples, but at least 101 are needed"):
        require_samples(split, training=0, held_out=101)
