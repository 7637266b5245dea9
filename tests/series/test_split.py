"""The split in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chaoslearn.errors import InputError
from chaoslearn.series.split import TEST, TRAIN, split_in_time


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


def test_too_few_samples_for_a_window() -> None:
    assert split_in_time(402, training_fraction=0.5, fewest_training=201).sum() == 201
    with pytest.raises(InputError, match="200 of 400 samples would train where 201 are needed"):
        split_in_time(400, training_fraction=0.5, fewest_training=201)
