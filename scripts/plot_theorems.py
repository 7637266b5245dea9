"""Draw what gradients do in nets of every regime: constructed ones, or trained ones."""

import json

from chaoslearn import store
from chaoslearn.figures import style, theorems
from chaoslearn.job import reporting

with reporting(snakemake.log):
    nets = {}
    for path in snakemake.input.gradients:
        dataset = store.read(path)
        names = json.loads(dataset.attrs["wildcards"])
        nets[names.get("regime") or names["series"], names["cell"]] = dataset
    style.save(theorems.draw(nets), snakemake.output.pdf, snakemake.output.png)
