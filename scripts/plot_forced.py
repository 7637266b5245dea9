"""Draw how far gradients grow between two forcings, against the forcing interval."""

import json

from chaoslearn import store
from chaoslearn.figures import forced, style
from chaoslearn.job import reporting

with reporting(snakemake.log):
    nets = {}
    forcings = snakemake.params.settings["forcings"]
    for path, forcing in zip(snakemake.input.forced, forcings, strict=True):
        dataset = store.read(path)
        nets[json.loads(dataset.attrs["wildcards"])["cell"], forcing] = dataset
    exponents = store.read(snakemake.input.exponents[0])
    figure = forced.draw(nets, float(exponents["predictability_time"]))
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
