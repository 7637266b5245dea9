"""The largest exponent from data alone against that of the equations, on fresh systems.

`python benchmarks/bench_from_data.py`: one line for each system, observation and method, then the
bias and how often the interval holds the exponent of the equations. Results: docs/exponents.md.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from fresh_systems import FRESH
from numpy.typing import NDArray

from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.records.estimated import from_data
from chaoslearn.series.integrate import integrate
from chaoslearn.series.observe import add_noise
from chaoslearn.systems.system import System

SAMPLES = 50_000


def true_exponent(system: System, step: float) -> float:
    """λ₁ by QR, to about half a per cent."""
    duration = 5000 if system.kind == "map" else 20_000 * step
    spectrum = spectrum_of_system(
        system, starts=64, duration=duration, transient=duration // 5 + 1, seed=1
    )
    return float(spectrum.exponent[0])


def observations(system: System, step: float) -> dict[str, NDArray[np.float64]]:
    """Everything, the first component alone, and that with one per cent of noise."""
    states = integrate(
        system,
        step=step,
        samples=SAMPLES,
        transient=1000 * max(1, round(step)),
        relative_tolerance=1e-7,
        absolute_tolerance=1e-7,
        seed=5,
    )
    whole = system.observed(states.T).T
    first = whole[:, :1]
    noisy = add_noise(first, 1.0, np.random.default_rng(7))
    return {"all": whole, "first": first, "first, 1 % noise": noisy}


def main() -> None:
    """Print the table, then bias and coverage for each observation and method."""
    print(f"{'system':18} {'observed':17} {'method':11} {'true':>7} {'found':>7}  interval")
    errors: dict[tuple[str, str], list[float]] = {}
    held: dict[tuple[str, str], list[bool]] = {}
    for system, step in FRESH:
        true = true_exponent(system, step)
        for observed, series in observations(system, step).items():
            for found in from_data(series, step):
                low, high = found.interval
                inside = bool(low <= true <= high)
                told = f"[{low:.4f}, {high:.4f}]" + ("" if inside else "  misses")
                print(
                    f"{system.name:18} {observed:17} {found.method:11} {true:7.4f} "
                    f"{found.largest_exponent:7.4f}  {'refused' if found.refused else told}",
                    flush=True,
                )
                if not found.refused:
                    key = (observed, found.method)
                    errors.setdefault(key, []).append(found.largest_exponent / true - 1)
                    held.setdefault(key, []).append(inside)
    for key, relative in errors.items():
        size = np.abs(relative)
        print(
            f"{key[0]:17} {key[1]:11} errors: median {np.median(relative):+.3f}, "
            f"size {np.median(size):.3f} and at most {size.max():.3f}; "
            f"interval holds {sum(held[key])} of {len(held[key])}, "
            f"refused {len(FRESH) - len(relative)}"
        )


if __name__ == "__main__":
    main()
