"""Time of one gradient step of an ensemble on a card, and by the kernels on the processor; float32.

`python benchmarks/bench_card.py` on a machine with a card; method and results: docs/performance.md.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import product

import numpy as np
import torch
from bench_training import BATCH, COMPONENT, GATES, LATENT, RATE, STEPS, Shortest, kernel_step
from numpy.typing import NDArray

from chaoslearn import cells, forcing
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.training.adam import sizes_at
from chaoslearn.training.autograd import by_autograd
from chaoslearn.training.captured import captured
from chaoslearn.training.members import Members, gradient_step

MEMBERS = (10, 100, 1000)
FORCINGS = ("sparse-10", "sparse-30", "clipped-norm-1")
ROUNDS = 5
STEPS_TIMED = 10
STEPS_BEFORE = 3


def card_step(
    cell: str, identifier: str, series: NDArray[np.float32], members: int
) -> Callable[[], object]:
    """Return a gradient step of an ensemble on the card, which waits for its end."""
    generator = np.random.default_rng(0)
    definition = cells.load(cell)
    weights = stack([initialise(definition, LATENT, COMPONENT, generator)] * members)
    ensemble = Members.start(
        {
            name: torch.from_numpy(weight).to("cuda", torch.float32)
            for name, weight in weights.items()
        }
    )
    samples = torch.from_numpy(series).cuda()
    step = captured(gradient_step(by_autograd(definition, samples), ensemble), ensemble, BATCH)
    plan = forcing.load(identifier).plan(STEPS, 1.0, generator)
    starts = torch.from_numpy(generator.integers(0, len(series) - STEPS, (members, BATCH))).cuda()
    sizes = sizes_at(1000, RATE)

    def steps() -> None:
        for _ in range(STEPS_TIMED):
            step(starts, plan, sizes)
        torch.cuda.synchronize()

    return steps


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median time of a piece of work over a few rounds."""
    for _ in range(STEPS_BEFORE):
        work()
    return statistics.median(_seconds(work, ROUNDS))


def _seconds(work: Callable[[], object], rounds: int) -> Iterable[float]:
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        yield time.perf_counter() - begin


def main() -> None:
    """Print milliseconds a gradient step of whole ensembles, on the card and on the processor."""
    series = np.random.default_rng(1).standard_normal((10_000, COMPONENT)).astype(np.float32)
    cores = os.cpu_count() or 1
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}; milliseconds a step")
    print("cell   forcing         members  of all  a member  card MB")
    for cell, identifier, members in product(GATES, FORCINGS, MEMBERS):
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
        seconds = median_seconds(card_step(cell, identifier, series, members)) / STEPS_TIMED
        peak = torch.cuda.max_memory_allocated() / 2**20
        print(
            f"{cell:6} {identifier:15} {members:7} {1e3 * seconds:7.2f}"
            f" {1e3 * seconds / members:9.4f} {peak:8.0f}",
            flush=True,
        )
    print(f"processor, {cores} cores: milliseconds a step and member, sparse-30")
    for cell in GATES:
        times = []
        for threads in (1, cores):
            timed = Shortest(kernel_step(cell, series, 4 * cores, threads), 3)
            timed.work()
            for _ in range(ROUNDS):
                timed.measure()
            times.append(1e3 * timed.seconds / (4 * cores))
        print(f"{cell:6} one core {times[0]:.3f}, {cores} cores {times[1]:.4f}", flush=True)


if __name__ == "__main__":
    main()
