"""Members are alone in an ensemble: their numbers, their failures, their restarts."""

import dataclasses
import logging
import os
import resource
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

from chaoslearn import cells, forcing
from chaoslearn.errors import InputError
from chaoslearn.training import checkpoint, ensemble, unfinished
from chaoslearn.training.checkpoint import Resumption
from chaoslearn.training.ensemble import train
from chaoslearn.training.recipe import Recipe
from chaoslearn.training.streams import Streams
from chaoslearn.training.trained import Trained

RECIPE = Recipe(latent=8, epochs=4, batches=5, batch=6, window=30, learning_rate=1e-2)


def sine(samples: int = 500) -> np.ndarray:
    time = 0.1 * np.arange(samples)
    return np.stack([np.sin(time), np.cos(1.7 * time)], axis=1)


def trained(
    cell: str = "rnn",
    identifier: str = "sparse-7",
    members: tuple[int, ...] = (0, 1, 2),
    recipe: Recipe = RECIPE,
    resumption: Resumption | None = None,
    precision: type = np.float32,
    threads: int = 1,
) -> Trained:
    streams = Streams(5, "sine", cell, identifier)
    return train(
        cells.load(cell), forcing.load(identifier), sine(), recipe, streams, members,
        precision=precision, threads=threads, resumption=resumption,
    )  # fmt: skip


def assert_same(first: Trained, second: Trained) -> None:
    for name, weight in first.weights.items():
        assert np.array_equal(weight, second.weights[name]), name
        assert np.array_equal(first.snapshots[name], second.snapshots[name]), name
    np.testing.assert_array_equal(first.loss, second.loss)
    np.testing.assert_array_equal(first.gradient_norm, second.gradient_norm)
    np.testing.assert_array_equal(first.diverged_at, second.diverged_at)


@pytest.mark.parametrize("cell", cells.names())
def test_training_lowers_the_loss(cell: str) -> None:
    result = trained(cell, recipe=dataclasses.replace(RECIPE, epochs=40))
    assert (result.loss[-1] < 0.5 * result.loss[0]).all()
    assert (result.diverged_at == -1).all()


@pytest.mark.parametrize("cell", ["rnn", "lstm", "plrnn"])
def test_a_member_is_the_same_alone_and_in_any_ensemble(cell: str) -> None:
    together = trained(cell, members=tuple(range(8)))
    alone = trained(cell, members=(5,))
    shared = trained(cell, members=tuple(range(8)), threads=2)
    assert_same(together, shared)
    np.testing.assert_array_equal(together.loss[:, 5:6], alone.loss)
    for name, weight in alone.weights.items():
        assert np.array_equal(together.weights[name][5:6], weight), name


@pytest.mark.parametrize("cell", cells.names())
def test_a_member_in_batched_torch_is_the_same_within_rounding(cell: str) -> None:
    recipe = dataclasses.replace(RECIPE, epochs=2)
    together = trained(cell, members=tuple(range(8)), recipe=recipe, precision=np.float64)
    alone = trained(cell, members=(5,), recipe=recipe, precision=np.float64)
    for name, weight in alone.weights.items():
        np.testing.assert_allclose(together.weights[name][5:6], weight, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("identifier", ["sparse-7", "windowed-7", "truncated-7", "clipped-norm-1"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "plrnn"])
def test_kernels_train_as_torch_does(cell: str, identifier: str) -> None:
    """Weights after 10 updates by the fused kernel and by autograd in float64."""
    recipe = dataclasses.replace(RECIPE, epochs=2, learning_rate=1e-3)
    fused = trained(cell, identifier, recipe=recipe)
    exact = trained(cell, identifier, recipe=recipe, precision=np.float64)
    np.testing.assert_allclose(fused.loss, exact.loss, rtol=1e-5)
    for name, weight in exact.weights.items():
        np.testing.assert_allclose(fused.weights[name], weight, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("identifier", ["sparse-30", "clipped-value-1000", "clipped-norm-1000"])
def test_all_members_diverged_is_a_result(identifier: str) -> None:
    """A learning rate of 10 and one segment a window blow a PLRNN up."""
    recipe = dataclasses.replace(RECIPE, learning_rate=10.0, epochs=30)
    with warnings.catch_warnings(action="error"):
        result = trained("plrnn", identifier, recipe=recipe)
    assert (result.diverged_at >= 0).all()
    for member, epoch in enumerate(result.diverged_at):
        assert np.isfinite(result.loss[:epoch, member]).all()
        assert np.isnan(result.loss[epoch:, member]).all()
    assert all(np.isfinite(weight).all() for weight in result.weights.values())


def test_a_diverging_member_leaves_the_others_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = trained(members=(0, 2))
    original = unfinished.initialise

    def spoiled(cell, latent, component, generator):  # type: ignore[no-untyped-def]
        weights = original(cell, latent, component, generator)
        marker = Streams(5, "sine", "rnn", "sparse-7").weights(1).uniform(-(8**-0.5), 8**-0.5)
        if np.isclose(weights["recurrent"][0, 0].item(), marker, rtol=1e-5):
            weights["readout"] *= float("nan")
        return weights

    monkeypatch.setattr(unfinished, "initialise", spoiled)
    result = trained(members=(0, 1, 2))
    assert result.diverged_at.tolist() == [-1, 0, -1]
    np.testing.assert_array_equal(result.loss[:, [0, 2]], expected.loss)
    for name, weight in expected.weights.items():
        assert np.array_equal(result.weights[name][[0, 2]], weight), name


def test_snapshots_are_the_weights_of_shorter_trainings() -> None:
    recipe = dataclasses.replace(RECIPE, snapshots=3)
    assert recipe.snapshot_epochs == [0, 2, 4]
    result = trained(recipe=recipe)
    shorter = trained(recipe=dataclasses.replace(RECIPE, epochs=2))
    for name, weight in result.weights.items():
        assert np.array_equal(result.snapshots[name][1], shorter.weights[name]), name
        assert np.array_equal(result.snapshots[name][2], weight), name
    assert (np.abs(result.snapshots["recurrent"][0]) <= RECIPE.latent**-0.5).all()


def test_both_precisions_begin_at_the_same_point() -> None:
    recipe = dataclasses.replace(RECIPE, snapshots=2)
    single, double = (trained(recipe=recipe, precision=p) for p in (np.float32, np.float64))
    for name, weight in double.snapshots.items():
        assert weight.dtype == np.float64
        assert np.array_equal(single.snapshots[name][0], weight[0].astype(np.float32)), name


def test_snapshots_after_all_members_diverged_are_the_last_finite_weights() -> None:
    recipe = dataclasses.replace(RECIPE, learning_rate=10.0, epochs=30, snapshots=4)
    result = trained("plrnn", "sparse-30", recipe=recipe)
    assert (result.diverged_at >= 0).all()
    for name, weight in result.weights.items():
        assert np.array_equal(result.snapshots[name][-1], weight), name


def test_a_resumed_run_is_the_uninterrupted_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = dataclasses.replace(RECIPE, snapshots=3)
    expected = trained(recipe=recipe)
    resumption = Resumption(tmp_path / "kept.npz", "key", seconds=-1.0)

    class KilledError(Exception):
        pass

    def killed(self: ensemble.Progress, epoch: int, *_: object) -> None:
        if epoch == 2:
            raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(ensemble.Progress, "epoch_done", killed)
        with pytest.raises(KilledError):
            trained(recipe=recipe, resumption=resumption)
    assert int(checkpoint.load(resumption.path, "key")["next_epoch"]) == 2
    assert_same(trained(recipe=recipe, resumption=resumption), expected)


@pytest.mark.parametrize("damage", ["truncated", "foreign", "noise"])
def test_a_checkpoint_that_does_not_fit_is_refused_and_said(
    damage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "kept.npz"
    checkpoint.save(path, "other" if damage == "foreign" else "key", {"next_epoch": np.array(3)})
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:-40])
    elif damage == "noise":
        path.write_bytes(b"\x00\x01\x02")
    with caplog.at_level(logging.WARNING):
        assert_same(trained(resumption=Resumption(path, "key", seconds=30.0)), trained())
    assert "training starts over" in caplog.text


def test_where_there_is_no_room_for_a_checkpoint_one_line_says_so_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "kept.npz"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(InputError, match=r"kept\.npz: cannot be written .*make room"):
            checkpoint.save(path, "key", {"weights": np.zeros(1000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_segment_longer_than_the_window_is_refused() -> None:
    with pytest.raises(InputError, match="segments of 31 steps do not fit in a window of 30"):
        trained(identifier="sparse-31")


KILLED_TRAINING = """
import sys
from pathlib import Path
import numpy as np
from chaoslearn.training import ensemble
sys.path.insert(0, {folder!r})
from test_ensemble import RECIPE, Resumption, trained
import dataclasses
recipe = dataclasses.replace(RECIPE, epochs=400)
result = trained("rnn", recipe=recipe, resumption=Resumption(Path(sys.argv[1]), "key", 0.02))
np.savez(sys.argv[2], loss=result.loss, **result.weights)
"""


@pytest.mark.slow
def test_killed_ten_times_at_random_moments_it_ends_with_the_same_weights(tmp_path: Path) -> None:
    program = KILLED_TRAINING.format(folder=str(Path(__file__).parent))
    kept, final = tmp_path / "kept.npz", tmp_path / "final.npz"
    expected = trained("rnn", recipe=dataclasses.replace(RECIPE, epochs=400))
    generator = np.random.default_rng(3)
    kills = 0
    while kills < 10:
        running = subprocess.Popen([sys.executable, "-c", program, str(kept), str(final)])
        deadline = time.monotonic() + 60
        before = kept.stat().st_mtime_ns if kept.exists() else 0
        while running.poll() is None and time.monotonic() < deadline:
            if kept.exists() and kept.stat().st_mtime_ns != before:
                break
            time.sleep(0.005)
        time.sleep(generator.uniform(0, 0.05))
        if running.poll() is not None:
            break
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        kills += 1
    assert kills >= 3, "the run ended before it could be killed; make it longer"
    subprocess.run([sys.executable, "-c", program, str(kept), str(final)], check=True)
    with np.load(final) as result:
        np.testing.assert_array_equal(result["loss"], expected.loss)
        for name, weight in expected.weights.items():
            np.testing.assert_array_equal(result[name], weight)
