"""One member of an ensemble as double-precision weights."""

import numpy as np

from chaoslearn.gradients.adapters import one_member


def test_one_member_of_an_ensemble_is_taken_in_double_precision() -> None:
    ensemble = {"recurrent": np.random.default_rng(0).random((3, 2, 2), np.float32)}
    member = one_member(ensemble, 1)["recurrent"]
    assert member.shape == (1, 2, 2)
    assert member.dtype == np.float64
    assert np.array_equal(member[0], ensemble["recurrent"][1])
