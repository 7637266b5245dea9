"""Datasets shaped like the files of the workflow, for figures to draw."""

import numpy as np
import xarray as xr

CONVENTIONS = ["published", "standard"]


def measures(divergence: list[float], distance: list[float], failed: list[bool]) -> xr.Dataset:
    """A measures file with the same values in both conventions."""
    both = ("convention", "member")
    return xr.Dataset(
        {
            "state_space_divergence": (both, [divergence] * 2),
            "spectrum_distance": (both, [distance] * 2),
            "failed": ("member", failed),
            "state_space_divergence_floor": ("convention", [0.013, 0.08]),
            "spectrum_distance_floor": ("convention", [0.132, 0.05]),
        },
        {"convention": CONVENTIONS, "member": np.arange(len(divergence))},
    )


def ensemble(median: float, distance: float, members: int, failures: int, seed: int) -> xr.Dataset:
    """Members scattered around a median, the last `failures` of them diverged."""
    draws = np.random.default_rng(seed)
    scatter = np.exp(0.35 * draws.standard_normal(members))
    spread = np.clip(distance * (1 + 0.15 * draws.standard_normal(members)), 0.02, 0.98)
    failed = np.arange(members) >= members - failures
    values = np.where(failed, np.nan, median * scatter)
    return measures(list(values), list(np.where(failed, np.nan, spread)), list(failed))


def tau_sweep() -> dict[tuple[str, str], xr.Dataset]:
    """Three cells over the published intervals, with failures, and a clipped run."""
    intervals = (5, 10, 15, 20, 30, 50, 60, 70, 100, 200)
    sweep = {}
    for number, (cell, factor) in enumerate({"rnn": 1.0, "lstm": 0.4, "plrnn": 1.6}.items()):
        for index, interval in enumerate(intervals):
            depth = abs(np.log(interval / 25.0))
            median = factor * min(0.03 * np.exp(2.6 * depth), 9.0)
            failures = {("plrnn", 5): 2, ("plrnn", 200): 4, ("rnn", 200): 1}.get(
                (cell, interval), 0
            )
            sweep[cell, f"sparse-{interval}"] = ensemble(
                median, 0.1 + 0.12 * depth, 5, failures, 100 * number + index
            )
        sweep[cell, "clipped-norm-1"] = ensemble(9.0 + 3 * factor, 0.6, 5, number, 70 + number)
    return sweep


def lorenz(samples: int, growth: float = 28.0) -> np.ndarray:
    """A coarse Lorenz orbit by Runge-Kutta, `(time, component)`."""

    def slope(state: np.ndarray) -> np.ndarray:
        x, y, z = state
        return np.array([10 * (y - x), x * (growth - z) - y, x * y - 8 / 3 * z])

    states, state = [], np.array([1.0, 1.0, 25.0])
    for _ in range(samples + 500):
        one = slope(state)
        two = slope(state + 0.005 * one)
        three = slope(state + 0.005 * two)
        four = slope(state + 0.01 * three)
        state = state + 0.01 / 6 * (one + 2 * two + 2 * three + four)
        states.append(state)
    orbit = np.array(states[500:])
    return (orbit - orbit.mean(axis=0)) / orbit.std(axis=0)


def series(samples: int = 3000) -> xr.Dataset:
    observed = xr.DataArray(
        lorenz(samples),
        dims=("time", "component"),
        coords={"component": ["x", "y", "z"]},
        attrs={"units": "1"},
    )
    return xr.Dataset({"observed": observed})


def free_runs(orbits: list[np.ndarray]) -> xr.Dataset:
    return xr.Dataset(
        {"generated": (("convention", "member", "time", "component"), np.array([orbits] * 2))},
        {"convention": CONVENTIONS},
    )


def gradients(exponent: float, last: int = 400, starts: int = 20) -> xr.Dataset:
    draws = np.random.default_rng(3)
    steps = np.arange(1, last, 4)
    walk = np.cumsum(0.25 * draws.standard_normal((starts, len(steps))), axis=1)
    return xr.Dataset(
        {
            "jacobian_norm": (("start", "steps"), np.exp(exponent * (steps - 1) + walk)),
            "largest_exponent": ((), exponent),
        },
        {"steps": steps},
    )


def exponents(refused: bool = False) -> xr.Dataset:
    lag = np.arange(0, 6, 0.05)
    dimensions = [3, 5, 7, 9]
    curves = [
        -4 + 0.15 * m + 3.6 * (1 - np.exp(-(0.9 + 0.01 * m) * lag / 3.6)) + 0.2 * np.exp(-5 * lag)
        for m in dimensions
    ]
    number = np.nan if refused else 0.87
    return xr.Dataset(
        {
            "log_divergence": (("embedding", "lag"), curves),
            "largest_exponent_from_data": ((), number),
            "largest_exponent_from_data_interval": ("bound", [0.8 + number * 0, 0.95]),
            "fit_start": ((), 0.3),
            "fit_stop": ((), 1.8),
        },
        {"embedding": dimensions, "lag": ("lag", lag, {"units": "1"})},
    )
