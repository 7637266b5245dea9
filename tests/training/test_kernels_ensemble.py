"""Members are computed as if each were alone, and one that diverges stays its own affair."""

import numpy as np
import pytest
from test_kernels_gradients import CELLS, draw_weights

from chaoslearn.errors import InputError
from chaoslearn.training import kernels

MEMBERS, STEPS, BATCH = 5, 23, 6


def problem(cell, latent=7):
    generator = np.random.default_rng(3)
    weights = draw_weights(cell, latent, 2, generator, MEMBERS)
    series = generator.normal(size=(200, 2)).astype(np.float32)
    return weights, series, generator.integers(0, 200 - STEPS, (MEMBERS, BATCH))


def train(cell, weights, series, starts, begins="observed", threads=1):
    gradients = {name: np.full_like(value, np.nan) for name, value in weights.items()}
    loss = np.empty(len(starts), np.float32)
    segments = np.arange(0, STEPS, 5)
    kernels.loss_and_gradient(
        cell, weights, series, starts, segments, STEPS, begins, gradients, loss, threads
    )
    return loss, gradients


def equal(members, result, alone):
    """Whether these members of a result are, bit for bit, the result alone."""
    (loss, gradients), (loss_alone, gradients_alone) = result, alone
    return np.array_equal(loss[members], loss_alone) and all(
        np.array_equal(gradients[name][members], gradients_alone[name]) for name in gradients
    )


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("begins", ["observed", "zero", "carried"])
def test_a_member_alone_is_the_member_of_an_ensemble(cell, begins):
    weights, series, starts = problem(cell)
    together = train(cell, weights, series, starts, begins)
    for member in range(MEMBERS):
        one = slice(member, member + 1)
        own = {name: value[one] for name, value in weights.items()}
        assert equal(one, together, train(cell, own, series, starts[one], begins))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("threads", [2, 3, 9])
def test_threads_change_nothing(cell, threads):
    arguments = problem(cell)
    alone = train(cell, *arguments)
    assert equal(slice(None), train(cell, *arguments, threads=threads), alone)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
def test_divergence_shows_in_the_loss_and_stays_with_its_member(cell, value):
    weights, series, starts = problem(cell)
    loss, gradients = train(cell, weights, series, starts)
    others = np.arange(MEMBERS) != 2
    for weight in weights.values():
        weight[2] = value
    loss_beside, gradients_beside = train(cell, weights, series, starts)
    assert not np.isfinite(loss_beside[2])
    assert np.array_equal(loss_beside[others], loss[others])
    assert all(np.array_equal(gradients_beside[n][others], gradients[n][others]) for n in weights)


def test_an_exploding_state_is_not_finite():
    weights, series, starts = problem("plrnn")
    weights["diagonal"][:] = 1e6
    loss, _ = train("plrnn", weights, series, starts, "carried")
    assert not np.isfinite(loss).any()


def test_windowing_gives_the_readout_no_gradient_through_its_inverse():
    """Zero states do not depend on B, so ∂L/∂B is that of a linear regression on the states."""
    weights, series, starts = problem("rnn")
    weights["recurrent"][:] = 0
    _, gradients = train("rnn", weights, series, starts, "zero")
    for member in range(MEMBERS):
        hidden = np.tanh(weights["bias"][member].astype(float))
        targets = np.stack([series[at + 1 : at + 1 + STEPS] for at in starts[member]])
        residual = weights["readout"][member] @ hidden - targets.mean((0, 1))
        expected = np.outer(residual, hidden)  # 2/N · Σ over N = 2 components
        np.testing.assert_allclose(gradients["readout"][member], expected, atol=1e-6)


@pytest.mark.parametrize("start", [-1, 200 - STEPS])
def test_a_window_outside_the_series_is_refused(start):
    weights, series, starts = problem("rnn")
    starts[0, 0] = start
    with pytest.raises(InputError, match="windows may start at 0 to 176"):
        train("rnn", weights, series, starts)


@pytest.mark.parametrize("segments", [[1, 5], [0, 5, 5], [0, STEPS]])
def test_segments_that_do_not_fill_the_window_are_refused(segments):
    weights, series, starts = problem("rnn")
    with pytest.raises(InputError, match="the first must start at 0"):
        kernels.loss_and_gradient(
            "rnn", weights, series, starts, np.array(segments), STEPS, "zero", {}, np.empty(5)
        )


def test_a_read_only_series_is_taken():
    weights, series, starts = problem("rnn")
    expected = train("rnn", weights, series, starts)
    series.flags.writeable = False
    assert equal(slice(None), train("rnn", weights, series, starts), expected)


def test_more_components_than_latents_are_refused():
    weights, series, starts = problem("rnn", latent=1)
    with pytest.raises(InputError, match="2 components do not fit into 1 latents"):
        train("rnn", weights, series, starts)
