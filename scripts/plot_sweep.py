"""Draw the measures of an experiment's reconstructions against the forcing interval."""

import json

from chaoslearn import store
from chaoslearn.figures import style, sweep
from chaoslearn.job import reporting

with reporting(snakemake.log):
    measures = {}
    for path in snakemake.input.measures:
        dataset = store.read(path)
        names = json.loads(dataset.attrs["wildcards"])
        measures[names["cell"], names["forcing"]] = dataset
    figure = sweep.draw(
        measures,
        convention=snakemake.wildcards.convention,
        predictability_time=float(store.read(snakemake.input.exponents[0])["predictability_time"]),
        published_figure=snakemake.params.settings["published"],
    )
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
