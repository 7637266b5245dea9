"""Processor time of exponents and measures on one core, one line each with its limit.

`make bench-exponents`; what each line is, and results: docs/performance.md.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from chaoslearn import cells, systems
from chaoslearn.cells.initialise import initialise, stack
from chaoslearn.cells.orbits import as_map
from chaoslearn.lyapunov.from_data import largest_exponent_from_series
from chaoslearn.lyapunov.of_network import spectrum_of_network
from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.measures.convention import CONVENTIONS
from chaoslearn.measures.reconstruction import measure_reconstruction
from chaoslearn.series.integrate import integrate

SAMPLES = 100_000
MEMBERS = 10
LATENT = 30
# Weights this many times as large as at the beginning of a training make most LSTMs chaotic.
GAIN = 15.0


def lorenz_spectrum() -> str:
    """64 starts for 200 units of time: two standard errors stay below 0.5 % of λ₁."""
    spectrum = spectrum_of_system(
        systems.load("lorenz63"), starts=64, duration=200, transient=30, seed=1
    )
    first, error = spectrum.exponent[0], spectrum.exponent_error[0]
    return f"{first:.4f} ± {error:.4f} (reference 0.9056, 0.5 % is 0.0045)"


def network_spectra() -> str:
    """60 exponents of ten random LSTMs along 10 000 steps, after a transient of 1000."""
    generator = np.random.default_rng(2)
    lstm = cells.load("lstm")
    draws = [initialise(lstm, LATENT, 3, generator) for _ in range(MEMBERS)]
    weights = stack(draws)
    weights["recurrent"] *= GAIN
    states = generator.uniform(-1, 1, (MEMBERS, lstm.state_size(LATENT)))
    spectrum = spectrum_of_network(*as_map(lstm, weights), states, steps=10_000, transient=1000)
    chaotic = int((spectrum.per_start[:, 0] > 0).sum())
    return f"{spectrum.per_start.shape[1]} exponents each, {chaotic} of {MEMBERS} nets chaotic"


def rosenstein(series: NDArray[np.float64]) -> str:
    """The whole estimate from data: lag and dimension, four embeddings, fits, intervals."""
    found = largest_exponent_from_series(series, 0.01)
    low, high = found.interval
    return f"{found.largest_exponent:.3f} [{low:.3f}, {high:.3f}]"


def measures(series: NDArray[np.float64]) -> str:
    """All measures of a free run in both conventions, for ten of them."""
    scored = [
        measure_reconstruction(
            series, np.roll(series, 1000 * member, axis=0), name, np.random.default_rng(member)
        )
        for member in range(1, MEMBERS + 1)
        for name in CONVENTIONS
    ]
    return f"{len(scored)} runs scored"


def main() -> None:
    """Print the name, seconds, limit and outcome of each piece of work."""
    series = integrate(systems.load("lorenz63"), step=0.01, samples=SAMPLES, transient=50)
    work: dict[str, tuple[Callable[[], str], float]] = {
        "spectrum of Lorenz 1963": (lorenz_spectrum, 10),
        "spectra of 10 LSTMs": (network_spectra, 60),
        f"Rosenstein, {SAMPLES} samples": (lambda: rosenstein(series), 20),
        f"measures of 10 x {SAMPLES} steps": (lambda: measures(series), 10),
    }
    for name, (run, limit) in work.items():
        begin = time.process_time()
        outcome = run()
        seconds = time.process_time() - begin
        verdict = "ok" if seconds <= limit else "TOO SLOW"
        print(f"{name:30} {seconds:6.1f} s of {limit:3.0f} allowed  {verdict}  {outcome}")


if __name__ == "__main__":
    main()
