"""The one loop that trains: members side by side, under a forcing's plans.

Members have separate weights, moments, random streams and windows. One that diverges is taken out
where it stands, with its epoch; the others do not notice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from chaoslearn.cells.cell import Cell
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Forcing
from chaoslearn.training import checkpoint, kernels
from chaoslearn.training.adam import Adam
from chaoslearn.training.clipping import clip_gradient, gradient_norm
from chaoslearn.training.gradient import LossAndGradient, by_autograd, by_kernel
from chaoslearn.training.progress import Progress
from chaoslearn.training.recipe import Recipe
from chaoslearn.training.streams import Streams

SECONDS_BETWEEN_CHECKPOINTS = 30.0


@dataclass
class Trained:
    """An ensemble after, or in the middle of, its training.

    Attributes
    ----------
    weights : by name, ``(member, ...)``; of a diverged member the last finite ones.
    loss, gradient_norm : ``(epoch, member)``, means over the epoch's gradient steps, the norm
        before clipping; NaN from the epoch in which a member diverged.
    diverged_at : ``(member,)``, the epoch (from 0) in which the loss or the gradient was no
        longer finite, −1 if it never happened.
    """

    weights: dict[str, Tensor]
    loss: NDArray[np.float32]
    gradient_norm: NDArray[np.float32]
    diverged_at: NDArray[np.int32]


@dataclass(frozen=True)
class Resumption:
    """Where an unfinished training is kept, and the key it must carry."""

    path: Path
    key: str


def train(
    cell: Cell,
    forcing: Forcing,
    series: NDArray[np.floating],
    recipe: Recipe,
    streams: Streams,
    members: Sequence[int],
    *,
    device: str = "cpu",
    dtype: torch.dtype = torch.float32,
    threads: int = 1,
    resumption: Resumption | None = None,
) -> Trained:
    """Train ``members`` of an ensemble on ``series``.

    Parameters
    ----------
    series : ``(time, component)``, standardised; the training part.
    members : their numbers; each depends on its own number alone, not on the others.
    device : "cpu" or "cuda"; a fused kernel serves on the CPU in float32 where there is one.
    threads : for the kernel.
    resumption : keep a checkpoint there and go on from it.

    Raises
    ------
    InputError : the series does not hold a window, or a window does not hold a segment.
    """
    recipe.require_fit(len(series), streams.series)
    if forcing.longest > recipe.window:
        raise InputError(
            f"forcing {streams.forcing}: segments of {forcing.longest} steps do not fit in a "
            f"window of {recipe.window}; choose a longer window or a shorter interval"
        )
    samples = torch.as_tensor(np.asarray(series), dtype=dtype, device=device)
    kernel = kernels.available(cell.name) and samples.shape[1] <= recipe.latent
    fused = kernel and device == "cpu" and dtype == torch.float32
    evaluate = by_kernel(cell, samples, threads) if fused else by_autograd(cell, samples)
    run = _Run(cell, forcing, recipe, streams, members, samples, evaluate)
    first_epoch = run.resume(resumption) if resumption else 0
    progress = Progress(
        f"{streams.series} {streams.cell} {streams.forcing}", recipe.epochs, first_epoch
    )
    saved = time.monotonic()
    for epoch in range(first_epoch, recipe.epochs):
        run.epoch(epoch)
        alive = len(run.alive)
        median = float(np.median(run.trained.loss[epoch, run.alive])) if alive else float("nan")
        progress.epoch_done(epoch, median, alive, len(members))
        if not alive:
            break
        if resumption and time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS:
            run.save(resumption, epoch + 1)
            saved = time.monotonic()
    return run.finish()


class _Run:
    """The state of a training between two epochs; ``alive`` members are the ones computed."""

    def __init__(
        self,
        cell: Cell,
        forcing: Forcing,
        recipe: Recipe,
        streams: Streams,
        members: Sequence[int],
        series: Tensor,
        evaluate: LossAndGradient,
    ) -> None:
        component = series.shape[1]
        drawn = [
            initialise(cell, recipe.latent, component, streams.weights(member), series.dtype)
            for member in members
        ]
        self.forcing, self.recipe, self.streams = forcing, recipe, streams
        self.members, self.evaluate = members, evaluate
        self.windows = len(series) - recipe.window
        self.weights = {name: w.to(series.device) for name, w in stack(drawn).items()}
        self.optimiser = Adam.start(self.weights)
        self.alive = np.arange(len(members))
        shape = (recipe.epochs, len(members))
        self.trained = Trained(
            {name: weight.clone() for name, weight in self.weights.items()},
            np.full(shape, np.nan, np.float32),
            np.full(shape, np.nan, np.float32),
            np.full(len(members), -1, np.int32),
        )

    def epoch(self, epoch: int) -> None:
        """Make the gradient steps of one epoch."""
        recipe = self.recipe
        starts = np.stack(
            [
                self.streams.windows(m, epoch, recipe.batches, recipe.batch, self.windows)
                for m in self.members
            ],
            axis=1,
        )
        loss = np.zeros(len(self.members))
        norm = np.zeros(len(self.members))
        for step in range(recipe.batches):
            plan = self.forcing.plan(
                recipe.window, (epoch + 1) / recipe.epochs, self.streams.plan(epoch, step)
            )
            losses, gradients = self.evaluate(self.weights, starts[step, self.alive], plan)
            norms = gradient_norm(gradients)
            finite = torch.isfinite(losses) & torch.isfinite(norms)
            if not finite.all():
                self._drop(finite, epoch)
                if not len(self.alive):
                    return
                losses, norms = losses[finite], norms[finite]
                gradients = {name: gradient[finite] for name, gradient in gradients.items()}
            loss[self.alive] += losses.cpu().numpy()
            norm[self.alive] += norms.cpu().numpy()
            if plan.clip:
                clip_gradient(gradients, norms, plan.clip)
            rate = recipe.learning_rate_at(epoch * recipe.batches + step)
            self.optimiser.update(self.weights, gradients, rate)
        self.trained.loss[epoch, self.alive] = loss[self.alive] / recipe.batches
        self.trained.gradient_norm[epoch, self.alive] = norm[self.alive] / recipe.batches

    def _drop(self, finite: Tensor, epoch: int) -> None:
        """Take out the members that are no longer finite; they cost nothing from here on."""
        self._store()
        kept = finite.cpu().numpy()
        self.trained.diverged_at[self.alive[~kept]] = epoch
        self.alive = self.alive[kept]
        self.weights = {name: weight[finite] for name, weight in self.weights.items()}
        self.optimiser.keep(finite)

    def _store(self) -> None:
        for name, weight in self.weights.items():
            self.trained.weights[name][self.alive] = weight

    def finish(self) -> Trained:
        """The ensemble with the weights it has now."""
        self._store()
        return self.trained

    def save(self, resumption: Resumption, next_epoch: int) -> None:
        """Keep all that a run needs to go on with ``next_epoch``."""
        self._store()
        arrays: checkpoint.Arrays = {
            "next_epoch": np.array(next_epoch),
            "updates": np.array(self.optimiser.updates),
            "alive": self.alive,
            "loss": self.trained.loss,
            "gradient_norm": self.trained.gradient_norm,
            "diverged_at": self.trained.diverged_at,
        }
        for name, weight in self.trained.weights.items():
            arrays[f"weight.{name}"] = weight.cpu().numpy()
            arrays[f"first.{name}"] = self.optimiser.first[name].cpu().numpy()
            arrays[f"second.{name}"] = self.optimiser.second[name].cpu().numpy()
        checkpoint.save(resumption.path, resumption.key, arrays)

    def resume(self, resumption: Resumption) -> int:
        """Go back to the checkpoint if there is one that fits; the epoch to go on with."""
        log = logging.getLogger(__name__)
        try:
            arrays = checkpoint.load(resumption.path, resumption.key)
        except FileNotFoundError:
            return 0
        except InputError as error:
            log.warning("%s", error)
            return 0
        self.alive = np.asarray(arrays["alive"])
        self.trained.loss = np.asarray(arrays["loss"], np.float32)
        self.trained.gradient_norm = np.asarray(arrays["gradient_norm"], np.float32)
        self.trained.diverged_at = np.asarray(arrays["diverged_at"], np.int32)
        self.optimiser.updates = int(arrays["updates"])
        for name, weight in self.trained.weights.items():
            weight.copy_(torch.from_numpy(arrays[f"weight.{name}"]))
            self.weights[name] = weight[torch.from_numpy(self.alive)].clone()
            for moments, label in (
                (self.optimiser.first, "first"),
                (self.optimiser.second, "second"),
            ):
                moments[name] = torch.from_numpy(arrays[f"{label}.{name}"]).to(weight.device)
        epoch = int(arrays["next_epoch"])
        log.info("resumed at epoch %d from %s", epoch, resumption.path)
        return epoch
