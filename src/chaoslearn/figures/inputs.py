"""The files that a figure is drawn from, by the nets they are of."""

import json
from collections.abc import Sequence

import xarray as xr

from chaoslearn import store


def by_net(paths: Sequence[str], forcings: Sequence[str]) -> dict[tuple[str, str], xr.Dataset]:
    """The files at `paths` by (cell, forcing); `forcings` are what the figure calls theirs."""
    datasets = [store.read(path) for path in paths]
    cells = [json.loads(dataset.attrs["wildcards"])["cell"] for dataset in datasets]
    return dict(zip(zip(cells, forcings, strict=True), datasets, strict=True))
