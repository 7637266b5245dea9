"""Draw how the norms of Jacobian products grow along the orbits of trained nets."""

import json

from chaoslearn import store
from chaoslearn.figures import gradients, style
from chaoslearn.job import reporting

with reporting(snakemake.log):
    traces = {}
    forcings = snakemake.params.settings["forcings"]
    for path, forcing in zip(snakemake.input.gradients, forcings, strict=True):
        dataset = store.read(path)
        names = json.loads(dataset.attrs["wildcards"])
        traces[names["series"], names["cell"], forcing] = dataset
    style.save(gradients.draw(traces), snakemake.output.pdf, snakemake.output.png)
