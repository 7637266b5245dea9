"""Time of one gradient step of one member: kernels against the plain loop, one core, float32.

Both sides take turns in one process, and the shortest of their times counts, so that other load on
the machine falls on both. A gradient step draws windows from the series, and goes forward, back and
through Adam. `python benchmarks/bench_training.py`; method and results: docs/performance.md.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from reference import StepByStep

from chaoslearn.training import kernels
from chaoslearn.training.adam import sizes_at
from chaoslearn.training.kernels import adam

BATCH, STEPS, TAU, LATENT, COMPONENT = 32, 200, 30, 30, 3
MEMBERS = 8
ROUNDS = 10
RATE = 1e-3
# Gates a cell computes from its state, each a matrix product forward and two back.
GATES = {"rnn": 1, "lstm": 4, "plrnn": 1}
# What the authors' public code takes for a gradient step, in milliseconds, on a core whose matrix
# product reaches 86 GFLOP/s. A loop that were slower than 1.2 of that would flatter the kernels.
PUBLISHED_MILLISECONDS = {"rnn": 42.0, "lstm": 83.0, "plrnn": 32.0}
PUBLISHED_MACHINE = 86.0


@dataclass
class Shortest:
    """The shortest time of a piece of work, in seconds."""

    work: Callable[[], object]
    repeats: int
    seconds: float = math.inf

    def measure(self) -> None:
        """Do the work so many times in a row, and keep the time of one if it is the shortest."""
        begin = time.perf_counter()
        for _ in range(self.repeats):
            self.work()
        self.seconds = min(self.seconds, (time.perf_counter() - begin) / self.repeats)


def matrix_product(size: int = 512) -> Callable[[], object]:
    """Return a product of two square matrices."""
    left, right = np.ones((2, size, size), np.float32)
    return lambda: left @ right


def loop_step(cell: str, series: NDArray[np.float32]) -> Callable[[], object]:
    """Return a gradient step of one network by the loop over time steps."""
    network = StepByStep(cell, LATENT, COMPONENT)
    optimiser = torch.optim.Adam(network.parameters(), RATE)
    generator = np.random.default_rng(0)
    observed = torch.from_numpy(series)
    window = torch.arange(STEPS + 1)

    def step() -> None:
        starts = torch.from_numpy(generator.integers(0, len(series) - STEPS, BATCH))
        optimiser.zero_grad()
        network.loss(observed[starts[:, None] + window], TAU).backward()
        optimiser.step()

    return step


def kernel_step(
    cell: str, series: NDArray[np.float32], members: int, threads: int = 1
) -> Callable[[], object]:
    """Return a gradient step of an ensemble by the cell's kernel."""
    generator = np.random.default_rng(0)
    rows = GATES[cell] * LATENT
    shapes = {"recurrent": (rows, LATENT), "bias": (rows,), "readout": (COMPONENT, LATENT)}
    if cell == "plrnn":
        shapes["diagonal"] = (LATENT,)
    bound = LATENT**-0.5
    weights = {
        name: generator.uniform(-bound, bound, (members, *shape)).astype(np.float32)
        for name, shape in shapes.items()
    }
    gradients, first, second = (
        {name: np.zeros_like(weight) for name, weight in weights.items()} for _ in range(3)
    )
    loss = np.empty(members, np.float32)
    segments = np.arange(0, STEPS, TAU)
    alive = np.ones(members, np.bool_)
    updates = 0

    def step() -> None:
        nonlocal updates
        updates += 1
        starts = generator.integers(0, len(series) - STEPS, (members, BATCH))
        kernels.loss_and_gradient(
            cell, weights, series, starts, segments, STEPS, "observed", gradients, loss, threads
        )
        adam.update(weights, gradients, first, second, *sizes_at(updates, RATE), alive)

    return step


def floating_point_operations(cell: str) -> int:
    """Return how many a gradient step needs for its matrix products, forward and back."""
    products = GATES[cell] * LATENT * LATENT + COMPONENT * LATENT
    return 3 * 2 * products * BATCH * STEPS


def main() -> None:
    """Print times, ratios and how near they are to the machine's matrix product."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    series = np.random.default_rng(1).standard_normal((10_000, COMPONENT)).astype(np.float32)
    product = Shortest(matrix_product(), 20)
    loops = {cell: Shortest(loop_step(cell, series), 3) for cell in GATES}
    ensembles = {cell: Shortest(kernel_step(cell, series, MEMBERS), 10) for cell in GATES}
    for timed in (*loops.values(), *ensembles.values()):
        timed.work()  # compiles, or reads the cache
    for _ in range(ROUNDS):
        for timed in (product, *loops.values(), *ensembles.values()):
            timed.measure()

    machine = 2 * 512**3 / product.seconds / 1e9
    print(f"matrix product {machine:.0f} GFLOP/s; per member and gradient step:")
    print("cell    loop/ms  allowed/ms  kernel/ms  ratio  GFLOP/s  of matrix product")
    ratios = []
    for cell in GATES:
        loop = 1e3 * loops[cell].seconds
        kernel = 1e3 * ensembles[cell].seconds / MEMBERS
        allowed = 1.2 * PUBLISHED_MILLISECONDS[cell] * PUBLISHED_MACHINE / machine
        rate = floating_point_operations(cell) / kernel / 1e6
        ratios.append(loop / kernel)
        fair = "" if loop <= allowed else "  LOOP TOO SLOW TO COUNT"
        print(
            f"{cell:6} {loop:8.2f} {allowed:11.1f} {kernel:10.3f} {ratios[-1]:6.1f} {rate:8.0f}"
            f" {rate / machine:18.2f}{fair}"
        )
    print(f"ratio geometric-mean {statistics.geometric_mean(ratios):.1f} minimum {min(ratios):.1f}")


if __name__ == "__main__":
    main()
