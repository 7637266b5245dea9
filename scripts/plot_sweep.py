"""Draw the measures of an experiment's reconstructions against the forcing interval."""

import json

from chaoslearn import store
from chaoslearn.figures import style, sweep
from chaoslearn.job import reporting

with reporting(snakemake.log):
    measures = {}
    settings = snakemake.params.settings
    for path, forcing in zip(snakemake.input.measures, settings["forcings"], strict=True):
        dataset = store.read(path)
        measures[json.loads(dataset.attrs["wildcards"])["cell"], forcing] = dataset
    figure = sweep.draw(
        measures,
        convention=snakemake.wildcards.convention,
        predictability_time=float(store.read(snakemake.input.exponents[0])["predictability_time"]),
        published_figure=settings["published"],
    )
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
