"""Optimiser, schedule and clipping against PyTorch's own."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from chaoslearn.cells.cell import AnyArray
from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Clip, Plan
from chaoslearn.training.adam import Adam, sizes_at
from chaoslearn.training.clipping import clip_gradient, gradient_norm
from chaoslearn.training.members import Members, gradient_step
from chaoslearn.training.recipe import Recipe

Library = Callable[[np.ndarray], AnyArray]
LIBRARIES = pytest.mark.parametrize("library", [np.copy, torch.tensor], ids=["numpy", "torch"])

RECIPE = Recipe(latent=4, epochs=20, batches=5, batch=3, window=10, learning_rate=2e-3)


def test_adam_moves_as_torch_does() -> None:
    generator = torch.Generator().manual_seed(0)
    weight = torch.randn(3, 4, 2, generator=generator, dtype=torch.float64)
    ours, theirs = {"w": weight.clone()}, weight.clone().requires_grad_()
    adam, reference = Adam.start(ours), torch.optim.Adam([theirs], lr=0.01)
    for update in range(50):
        gradient = torch.randn(3, 4, 2, generator=generator, dtype=torch.float64)
        adam.update(ours, {"w": gradient}, sizes_at(update + 1, 0.01), torch.ones(3).bool())
        theirs.grad = gradient
        reference.step()
    torch.testing.assert_close(ours["w"], theirs.detach(), rtol=1e-12, atol=1e-14)


@LIBRARIES
def test_adam_leaves_the_weights_of_a_dead_member(library: Library) -> None:
    weights = {"w": library(np.ones((3, 4), np.float32))}
    gradient = np.repeat(np.array([[1.0], [np.nan], [1.0]], np.float32), 4, axis=1)
    adam = Adam.start(weights)
    for update in range(3):
        alive = library(np.array([True, False, True]))
        adam.update(weights, {"w": library(gradient)}, sizes_at(update + 1, 0.1), alive)
    # A constant gradient moves a weight by the rate at each step.
    np.testing.assert_allclose(weights["w"][0], [0.7] * 4, rtol=1e-6)
    assert np.array_equal(weights["w"][1], np.ones(4))
    assert np.array_equal(weights["w"][2], weights["w"][0])


def test_one_cycle_is_torchs() -> None:
    recipe = Recipe(**{**RECIPE.__dict__, "schedule": "one-cycle"})
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=recipe.updates)
    for update in range(recipe.updates):
        assert recipe.learning_rate_at(update) == pytest.approx(schedule.get_last_lr()[0], rel=1e-9)
        optimiser.step()
        schedule.step()


def test_a_constant_rate_is_constant() -> None:
    assert {RECIPE.learning_rate_at(update) for update in range(100)} == {2e-3}


@LIBRARIES
@pytest.mark.parametrize("kind", ["norm", "value"])
def test_each_member_is_clipped_as_torch_clips_a_net(kind: str, library: Library) -> None:
    generator = torch.Generator().manual_seed(1)
    gradients = {
        "a": torch.randn(3, 4, 5, generator=generator) * torch.tensor([0.01, 1, 9]).view(3, 1, 1),
        "b": torch.randn(3, 4, generator=generator),
    }
    expected = []
    for member in range(3):
        parameters = [torch.zeros_like(g[member]).requires_grad_() for g in gradients.values()]
        for parameter, gradient in zip(parameters, gradients.values(), strict=True):
            parameter.grad = gradient[member].clone()
        if kind == "norm":
            torch.nn.utils.clip_grad_norm_(parameters, 2.5)
        else:
            torch.nn.utils.clip_grad_value_(parameters, 2.5)
        expected.append([parameter.grad for parameter in parameters])
    ours = {name: library(gradient.numpy()) for name, gradient in gradients.items()}
    clip_gradient(ours, gradient_norm(ours), Clip(kind, 2.5))  # type: ignore[arg-type]
    for index, gradient in enumerate(ours.values()):
        wanted = torch.stack([member[index] for member in expected])
        np.testing.assert_allclose(gradient, wanted, rtol=1e-5, atol=1e-7)


@LIBRARIES
@pytest.mark.parametrize("kind", ["norm", "value"])
def test_a_gradient_whose_square_overflows_is_clipped(library: Library, kind: str) -> None:
    huge = np.array([[1e35, 3e35, 0.0], [3.0, 4.0, 0.0]], np.float32)
    gradients = {"w": library(huge)}
    norm = gradient_norm(gradients)
    np.testing.assert_allclose(norm, [np.sqrt(10) * 1e35, 5.0], rtol=1e-6)
    clip_gradient(gradients, norm, Clip(kind, 1.0))  # type: ignore[arg-type]
    norms = {"norm": [[0.1**0.5, 0.9**0.5, 0.0], [0.6, 0.8, 0.0]]}
    expected = norms.get(kind, [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    np.testing.assert_allclose(gradients["w"], expected, rtol=1e-6)


@pytest.mark.parametrize(("clip", "alive"), [(Clip("norm", 1.0), True), (None, False)])
def test_a_huge_gradient_ends_a_training_only_where_nothing_clips_it(
    clip: Clip | None, alive: bool
) -> None:
    """Unclipped, its square would stay infinite in the optimiser for ever."""
    members = Members.start({"w": np.zeros((1, 2), np.float32)})
    gradient = np.array([[1e25, 0.0]], np.float32)
    step = gradient_step(lambda *_: (np.zeros(1, np.float32), {"w": gradient}), members)
    plan = Plan(10, (0,), clip=clip)
    step(np.zeros((1, 1), np.int64), plan, sizes_at(1, 0.1))
    assert members.alive.tolist() == [alive]
    assert np.isfinite(members.weights["w"]).all()


@LIBRARIES
def test_a_gradient_of_zero_is_not_clipped(library: Library) -> None:
    gradients = {"w": library(np.zeros((2, 3), np.float32))}
    clip_gradient(gradients, gradient_norm(gradients), Clip("norm", 1.0))
    assert np.array_equal(gradients["w"], np.zeros((2, 3)))


def test_a_series_too_short_for_a_window_or_a_batch_is_refused() -> None:
    RECIPE.require_fit(13, "mine")
    with pytest.raises(InputError, match=r"mine: 10 training samples, but a window of 10 .* 11"):
        RECIPE.require_fit(10, "mine")
    with pytest.raises(InputError, match="mine: 2 windows of 10 steps, fewer than a batch of 3"):
        RECIPE.require_fit(12, "mine")


def test_an_open_window_is_200_steps_or_the_longest_segment() -> None:
    settings = {**RECIPE.__dict__, "window": None}
    assert Recipe.from_settings(settings, 30).window == 200
    assert Recipe.from_settings(settings, 500).window == 500
    assert Recipe.from_settings({**settings, "window": 77}, 30).window == 77


def test_streams_do_not_depend_on_one_another() -> None:
    from chaoslearn.training.streams import Streams

    streams = Streams(1, "lorenz63", "lstm", "sparse-30")
    drawn = streams.windows(3, 7, 10, 32, 1000)
    assert drawn.shape == (10, 32)
    assert drawn.min() >= 0
    assert drawn.max() < 1000
    np.testing.assert_array_equal(drawn, streams.windows(3, 7, 10, 32, 1000))
    others = [
        streams.windows(4, 7, 10, 32, 1000),
        streams.windows(3, 8, 10, 32, 1000),
        Streams(2, "lorenz63", "lstm", "sparse-30").windows(3, 7, 10, 32, 1000),
        Streams(1, "lorenz63", "lstm", "sparse-31").windows(3, 7, 10, 32, 1000),
        Streams(1, "lorenz63", "rnn", "sparse-30").windows(3, 7, 10, 32, 1000),
        Streams(1, "lorenz6", "3lstm", "sparse-30").windows(3, 7, 10, 32, 1000),
    ]
    assert all((other != drawn).mean() > 0.9 for other in others)
