"""The one loop that trains: members side by side, under a forcing's plans.

Members have separate weights, moments, random streams and windows. One that diverges is taken out
after the epoch in which it did; the others do not notice.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from chaoslearn.cells.cell import AnyArray, Cell
from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Forcing
from chaoslearn.training import kernels
from chaoslearn.training.checkpoint import Resumption
from chaoslearn.training.gradient import LossAndGradient, by_kernel
from chaoslearn.training.progress import Progress
from chaoslearn.training.recipe import Recipe
from chaoslearn.training.streams import Streams
from chaoslearn.training.trained import Trained
from chaoslearn.training.unfinished import Unfinished


def train(
    cell: Cell,
    forcing: Forcing,
    series: NDArray[np.floating],
    recipe: Recipe,
    streams: Streams,
    members: Sequence[int],
    *,
    device: str = "cpu",
    precision: DTypeLike = np.float32,
    threads: int = 1,
    resumption: Resumption | None = None,
) -> Trained:
    """Train ``members`` of an ensemble on ``series``.

    Parameters
    ----------
    series : ``(time, component)``, standardised; the training part.
    members : their numbers; each depends on its own number alone, not on the others.
    device : "cpu" or "cuda"; a fused kernel serves on the CPU in float32 where there is one.
    precision : float32 or float64.
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
    samples: AnyArray = np.ascontiguousarray(series, precision)
    kernel = kernels.available(cell.name) and samples.shape[1] <= recipe.latent
    if kernel and device == "cpu" and samples.dtype == np.float32:
        evaluate = by_kernel(cell, samples, threads)
    else:
        samples, evaluate = _on_torch(cell, samples, device)
    run = Unfinished(cell, forcing, recipe, streams, members, samples, evaluate)
    first_epoch = run.resume(resumption) if resumption else 0
    progress = Progress(
        f"{streams.series} {streams.cell} {streams.forcing}", recipe.epochs, first_epoch
    )
    saved, finished = time.monotonic(), first_epoch
    for epoch in range(first_epoch, recipe.epochs):
        run.epoch(epoch)
        finished = epoch + 1
        alive = len(run.alive)
        median = float(np.median(run.trained.loss[epoch, run.alive])) if alive else float("nan")
        progress.epoch_done(epoch, median, alive, len(members))
        if not alive:
            break
        if resumption and time.monotonic() - saved > resumption.seconds:
            run.save(resumption, finished)
            saved = time.monotonic()
    return run.finish(finished)


def _on_torch(
    cell: Cell, samples: NDArray[np.floating], device: str
) -> tuple[AnyArray, LossAndGradient]:
    """The series as a tensor, and the gradient on it; torch takes seconds that kernels do not."""
    import torch

    from chaoslearn.training.autograd import by_autograd

    tensor = torch.as_tensor(samples, device=device)
    return tensor, by_autograd(cell, tensor)
