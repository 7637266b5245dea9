"""Time per member and memory against the number of members, and what a second core gains.

`python benchmarks/bench_scaling.py`; method and results: docs/performance.md.
"""

import resource

import numpy as np
from bench_training import COMPONENT, GATES, Shortest, kernel_step

MEMBERS = (4, 16, 64)
ROUNDS = 10


def main() -> None:
    """Print, per cell, milliseconds a member and gradient step, and megabytes of the process."""
    series = np.random.default_rng(1).standard_normal((10_000, COMPONENT)).astype(np.float32)
    print("cell   members  ms/member one core  two cores  speed-up  peak MB of the process")
    for cell in GATES:
        for members in MEMBERS:
            one, two = (
                Shortest(kernel_step(cell, series, members, threads), max(1, 64 // members))
                for threads in (1, 2)
            )
            one.work()
            two.work()
            for _ in range(ROUNDS):
                one.measure()
                two.measure()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{cell:6} {members:7} {1e3 * one.seconds / members:19.3f}"
                f" {1e3 * two.seconds / members:10.3f} {one.seconds / two.seconds:9.2f}"
                f" {peak:23.0f}"
            )


if __name__ == "__main__":
    main()
