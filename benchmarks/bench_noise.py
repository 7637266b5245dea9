"""λ_max from the project's own series with 1 % of noise, against the equations.

`python benchmarks/bench_noise.py` reads `results/series` and `results/exponents`, as
`snakemake results/tables/exponents.csv --configfile config/wide.yaml` makes them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from chaoslearn import store
from chaoslearn.lyapunov.from_data import largest_exponent_from_series
from chaoslearn.records import series as series_record
from chaoslearn.series.observe import add_noise

RESULTS = Path("results")
SERIES = (
    "lorenz63", "lorenz63_published", "roessler", "roessler_published", "henon", "mackey_glass",
    "duffing_published",
)  # fmt: skip
PER_CENT = 1.0


def main() -> None:
    """Print Rosenstein's estimate for all components and for the first alone."""
    print(f"{'series':20} {'observed':9} {'true':>8} {'found':>8} {'error':>7}  interval")
    for name in SERIES:
        observed = series_record.from_dataset(store.read(RESULTS / f"series/{name}.nc"))
        exponents = store.read(RESULTS / f"exponents/{name}.nc")
        true = float(exponents["largest_exponent"])
        for label, columns in (("all", observed.train), ("first", observed.train[:, :1])):
            noisy = add_noise(columns.astype(np.float64), PER_CENT, np.random.default_rng(1))
            found = largest_exponent_from_series(noisy, observed.step)
            low, high = found.interval
            told = found.refused or f"[{low:.4g}, {high:.4g}]"
            error = found.largest_exponent / true - 1
            print(
                f"{name:20} {label:9} {true:8.4g} {found.largest_exponent:8.4g} "
                f"{error:+7.1%}  {told}",
                flush=True,
            )


if __name__ == "__main__":
    main()
