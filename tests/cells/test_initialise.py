"""First weights: their range, their order, their independence of the other members."""

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.errors import InputError


@pytest.mark.parametrize("name", cells.names())
def test_weights_are_uniform_within_one_over_root_latent(name: str) -> None:
    cell = cells.load(name)
    weights = initialise(cell, 100, 20, np.random.default_rng(0))
    assert list(weights) == [*cell.shapes(100), "readout"]
    for key, array in weights.items():
        assert array.shape == {**cell.shapes(100), "readout": (20, 100)}[key]
        assert array.dtype == np.float64
        assert np.abs(array).max() <= 0.1
        assert np.abs(array).max() > 0.095
    spread = float(weights["recurrent"].std())
    assert spread == pytest.approx(0.1 / np.sqrt(3), rel=0.01)


def test_the_generator_alone_decides() -> None:
    rnn = cells.load("rnn")
    first, again, other = (initialise(rnn, 5, 3, np.random.default_rng(seed)) for seed in (1, 1, 2))
    for key, array in first.items():
        assert np.array_equal(array, again[key])
        assert not np.array_equal(array, other[key])


def test_members_stack_along_the_first_dimension() -> None:
    lstm = cells.load("lstm")
    members = [initialise(lstm, 5, 3, np.random.default_rng(seed)) for seed in range(4)]
    ensemble = stack(members)
    assert list(ensemble) == list(members[0])
    assert ensemble["recurrent"].shape == (4, 20, 5)
    assert np.array_equal(ensemble["readout"][2], members[2]["readout"])


@pytest.mark.parametrize(("latent", "component"), [(0, 3), (5, 0), (-1, 3)])
def test_an_empty_net_is_refused(latent: int, component: int) -> None:
    with pytest.raises(InputError, match="at least 1"):
        initialise(cells.load("rnn"), latent, component, np.random.default_rng(0))
