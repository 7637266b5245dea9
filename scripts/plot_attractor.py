"""Draw an attractor and what trained nets make of it."""

import json

from chaoslearn import store
from chaoslearn.figures import attractor, style
from chaoslearn.job import reporting


def by_net(paths):
    """The files at ``paths`` by (cell, forcing)."""
    datasets = [store.read(path) for path in paths]
    cells = [json.loads(dataset.attrs["wildcards"])["cell"] for dataset in datasets]
    forcings = snakemake.params.settings["forcings"]
    return dict(zip(zip(cells, forcings, strict=True), datasets, strict=True))


with reporting(snakemake.log):
    figure = attractor.draw(
        store.read(snakemake.input.series[0]),
        by_net(snakemake.input.free_runs),
        by_net(snakemake.input.measures),
        delay=int(store.read(snakemake.input.exponents[0]).attrs["delay_steps"]),
    )
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
