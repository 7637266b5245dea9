"""A training on its way: epoch by epoch, kept on disk in between, without members that diverged."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.cell import AnyArray, Cell
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Forcing
from chaoslearn.training import checkpoint
from chaoslearn.training.adam import sizes_at
from chaoslearn.training.arrays import like, on_host
from chaoslearn.training.checkpoint import Resumption
from chaoslearn.training.gradient import LossAndGradient
from chaoslearn.training.members import Members, gradient_step
from chaoslearn.training.recipe import Recipe
from chaoslearn.training.streams import Streams
from chaoslearn.training.trained import Trained, untrained


class Unfinished:
    """A training between two epochs.

    Attributes
    ----------
    trained : all members, as far as they are.
    alive : the positions of those that are still computed.
    """

    def __init__(
        self,
        cell: Cell,
        forcing: Forcing,
        recipe: Recipe,
        streams: Streams,
        members: Sequence[int],
        series: AnyArray,
        evaluate: LossAndGradient,
    ) -> None:
        component = series.shape[1]
        drawn = stack(
            [initialise(cell, recipe.latent, component, streams.weights(m)) for m in members]
        )
        weights = {name: like(series, array) for name, array in drawn.items()}
        self.forcing, self.recipe, self.streams = forcing, recipe, streams
        self.numbers = np.asarray(members)
        self.series, self.evaluate = series, evaluate
        self.windows = len(series) - recipe.window
        self.alive = np.arange(len(members))
        self.trained = untrained(_on_host(weights), recipe)
        self._compute(Members.start(weights))

    def _compute(self, members: Members) -> None:
        self.members = members
        self.step = gradient_step(self.evaluate, members)
        if not isinstance(self.series, np.ndarray) and self.series.is_cuda:
            from chaoslearn.training.captured import captured  # torch takes seconds to import

            self.step = captured(self.step, members, self.recipe.batch)

    def epoch(self, epoch: int) -> None:
        """Make the gradient steps of one epoch."""
        recipe, members = self.recipe, self.members
        starts = self._window_starts(epoch)
        generator = self.streams.plans(epoch)
        members.begin_epoch()
        for batch in range(recipe.batches):
            plan = self.forcing.plan(recipe.window, (epoch + 1) / recipe.epochs, generator)
            update = epoch * recipe.batches + batch
            sizes = sizes_at(update + 1, recipe.learning_rate_at(update))
            self.step(starts[batch], plan, sizes)
        alive = on_host(members.alive)
        if not alive.all():
            self._drop(alive, epoch)
        self.trained.loss[epoch, self.alive] = on_host(self.members.loss) / recipe.batches
        norm = on_host(self.members.gradient_norm)
        self.trained.gradient_norm[epoch, self.alive] = norm / recipe.batches
        if epoch + 1 in recipe.snapshot_epochs:
            self._keep_snapshots(epoch + 1)

    def _window_starts(self, epoch: int) -> AnyArray:
        """Where the windows begin, ``(step, member, window)``."""
        recipe = self.recipe
        starts = [
            self.streams.windows(member, epoch, recipe.batches, recipe.batch, self.windows)
            for member in self.numbers[self.alive]
        ]
        return like(self.series, np.stack(starts, axis=1))

    def _drop(self, kept: NDArray[np.bool_], epoch: int) -> None:
        """Take out the members that are no longer finite; they cost nothing from here on."""
        self._store()
        self.trained.diverged_at[self.alive[~kept]] = epoch
        self.alive = self.alive[kept]
        self.members.keep(like(self.series, kept))
        self._compute(self.members)

    def _store(self) -> None:
        for name, weight in _on_host(self.members.weights).items():
            self.trained.weights[name][self.alive] = weight

    def _keep_snapshots(self, finished: int) -> None:
        """Keep the weights as those after ``finished`` epochs and, till they change, after more."""
        self._store()
        for place, epochs in enumerate(self.recipe.snapshot_epochs):
            if epochs >= finished:
                for name, weight in self.trained.weights.items():
                    self.trained.snapshots[name][place] = weight

    def finish(self, finished: int) -> Trained:
        """The ensemble with the weights it has now, after so many epochs."""
        self._keep_snapshots(finished)
        return self.trained

    def save(self, resumption: Resumption, next_epoch: int) -> None:
        """Keep all that a run needs to go on with ``next_epoch``."""
        self._store()
        arrays: checkpoint.Arrays = {
            "next_epoch": np.array(next_epoch),
            "alive": self.alive,
            "loss": self.trained.loss,
            "gradient_norm": self.trained.gradient_norm,
            "diverged_at": self.trained.diverged_at,
        }
        for kind, by_name in (self._of_all() | self._moments()).items():
            arrays |= {f"{kind}.{name}": array for name, array in _on_host(by_name).items()}
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
        self.members.keep(like(self.series, self.alive))
        for kind, by_name in self._of_all().items():
            for name, array in by_name.items():
                array[:] = arrays[f"{kind}.{name}"]
        for kind, moments in self._moments().items():
            for name, moment in moments.items():
                moment[:] = like(self.series, arrays[f"{kind}.{name}"])
        for name, weight in self.members.weights.items():
            weight[:] = like(self.series, self.trained.weights[name][self.alive])
        self._compute(self.members)
        epoch = int(arrays["next_epoch"])
        log.info("resumed at epoch %d from %s", epoch, resumption.path)
        return epoch

    def _of_all(self) -> dict[str, dict[str, AnyArray]]:
        """What a checkpoint has of all members: kind → weight name → array."""
        return {"weight": self.trained.weights, "snapshots": self.trained.snapshots}

    def _moments(self) -> dict[str, dict[str, AnyArray]]:
        """What it has of those alive: kind → weight name → array of the library that trains."""
        optimiser = self.members.optimiser
        return {"first": optimiser.first, "second": optimiser.second}


def _on_host(by_name: Mapping[str, AnyArray]) -> dict[str, NDArray[np.floating]]:
    return {name: on_host(values) for name, values in by_name.items()}
