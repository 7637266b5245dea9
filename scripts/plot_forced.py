"""Draw how far gradients grow between two forcings, against the forcing interval."""

from chaoslearn import store
from chaoslearn.figures import forced, style
from chaoslearn.figures.inputs import by_net
from chaoslearn.job import reporting

with reporting(snakemake.log):
    nets = by_net(snakemake.input.forced, snakemake.params.settings["forcings"])
    exponents = store.read(snakemake.input.exponents[0])
    figure = forced.draw(nets, float(exponents["predictability_time"]))
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
