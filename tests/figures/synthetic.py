"""Datasets shaped like the files of the workflow, for figures to draw."""

import numpy as np
import xarray as xr

CONVENTIONS = ["published", "standard"]


def measures(
    divergence: list[float],
    distance: list[float],
    failed: list[bool],
    failure: list[str] | None = None,
) -> xr.Dataset:
    """A measures file with the same values in both conventions; what failed has diverged."""
    reasons = failure or ["diverged" if bad else "" for bad in failed]
    both = ("convention", "member")
    return xr.Dataset(
        {
            "state_space_divergence": (both, [divergence] * 2),
            "spectrum_distance": (both, [distance] * 2),
            "failed": (both, [failed] * 2),
            "failure": (both, [reasons] * 2),
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
    """Logarithms of norms that grow with a rate and scatter as a random walk."""
    draws = np.random.default_rng(3)
    steps, short = np.arange(1, last, 4), np.arange(1, last // 2, 4)
    walk = np.cumsum(0.15 * draws.standard_normal((starts, len(steps))), axis=1)
    long = exponent * (steps - 1) + walk - walk[:, :1]
    bounded = np.log(np.cumsum(np.exp(exponent * short))) - 2 + walk[:, : len(short)]
    return xr.Dataset(
        {
            "jacobian_norm": (("start", "steps"), long),
            "state_gradient_norm": (("start", "parameter_steps"), bounded + 1),
            "loss_gradient_norm": (("start", "parameter_steps"), bounded),
            "largest_exponent": ((), exponent),
            "largest_exponent_error": ((), 0.0002),
        },
        {"steps": steps, "parameter_steps": short},
        {"regime": "chaos" if exponent > 0 else "cycle", "member": 0},
    )


def no_gradients() -> xr.Dataset:
    """A gradients file of an ensemble of which no net survived."""
    return xr.full_like(gradients(0.01), np.nan).assign_attrs(member=-1, regime="none")


def exponents(refused: str = "") -> xr.Dataset:
    """Curves that rise with slope 0.9 and level off."""
    lag = np.arange(0, 6, 0.05)
    dimensions = [3, 5, 7, 9]
    curves = [-4 + 0.15 * m + np.minimum(0.9 * lag, 1.8 + 0.1 * lag) for m in dimensions]
    known = np.nan if refused else 1.0
    return xr.Dataset(
        {
            "log_divergence": (("embedding", "lag"), curves),
            "exponent_of_embedding": ("embedding", [0.9 * known] * 4),
            "fit_start": ("embedding", [0.3 * known] * 4),
            "fit_stop": ("embedding", [1.8 * known] * 4),
            "largest_exponent_from_data": ((), 0.9 * known),
            "largest_exponent_from_data_interval": ("bound", [0.8 * known, 0.95 * known]),
        },
        {"embedding": dimensions, "lag": ("lag", lag, {"units": "1"})},
        {"averaging": "fixed distance", "refused": refused},
    )


def growth() -> xr.Dataset:
    """A growth table of four cells, whose rates are their exponents but for noise."""
    draws = np.random.default_rng(5)
    exponent = np.concatenate([draws.uniform(-0.4, 0, 20), draws.uniform(0.005, 0.03, 60)])
    exponent[3] = np.nan
    known = np.isfinite(exponent)
    return xr.Dataset(
        {
            "cell": ("net", np.resize(["rnn", "lstm", "gru", "plrnn"], 80)),
            "largest_exponent": ("net", exponent),
            "largest_exponent_error": ("net", np.full(80, 3e-4)),
            "growth_rate": ("net", exponent + 5e-4 * draws.standard_normal(80)),
            "growth_rate_error": ("net", np.full(80, 4e-4)),
            "chaotic": ("net", known & (exponent > 0.001)),
            "slope": ("subset", [1.001, 0.98]),
            "intercept": ("subset", [0.0, 0.0001]),
            "slope_interval": (("subset", "bound"), [[0.999, 1.003], [0.93, 1.02]]),
        },
        {"subset": ["all", "chaotic"]},
    )


def forced(rate: float) -> xr.Dataset:
    """Factors of three members that grow as e^{rate τ}; the 99 % quantile five times as large."""
    interval = np.arange(1, 201, 4)
    shifts = np.array([[[0.0], [np.log(5)]], [[0.1], [1.7]], [[np.nan], [np.nan]]])
    return xr.Dataset(
        {"largest_factor": (("member", "quantile", "interval"), shifts + rate * interval)},
        {"member": range(3), "quantile": [0.5, 0.99], "interval": interval},
    )


def course(onset: int, growth: float) -> xr.Dataset:
    """Two members whose exponent turns positive at an epoch; the second diverges at the end."""
    snapshot = np.linspace(0, 100, 11)
    exponent = growth * np.stack([snapshot - onset, snapshot - onset - 5], axis=1)
    exponent[-1, 1] = np.nan
    norm = (400 * exponent)[..., None] + np.array([-0.1, 0.0, 0.1])
    epoch = np.arange(100)
    training = np.exp(-0.02 * epoch[:, None] + np.array([0.0, 0.3]))
    return xr.Dataset(
        {
            "largest_exponent": (("snapshot", "member"), exponent),
            "largest_exponent_error": (("snapshot", "member"), 0.02 * np.abs(exponent)),
            "jacobian_norm": (("snapshot", "member", "start"), norm),
            "loss_gradient_norm": (("snapshot", "member", "start"), norm + 1),
            "training_gradient_norm": (("epoch", "member"), training),
            "diverged_at": ("member", [-1, 95]),
        },
        {"snapshot": snapshot, "member": [0, 1], "epoch": epoch},
        {"steps": 1000},
    )
