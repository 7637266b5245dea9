"""Draw an attractor and what trained nets make of it."""

from chaoslearn import store
from chaoslearn.figures import attractor, style
from chaoslearn.figures.inputs import by_net
from chaoslearn.job import reporting

with reporting(snakemake.log):
    forcings = snakemake.params.settings["forcings"]
    figure = attractor.draw(
        store.read(snakemake.input.series[0]),
        by_net(snakemake.input.free_runs, forcings),
        by_net(snakemake.input.measures, forcings),
        delay=int(store.read(snakemake.input.exponents[0]).attrs["delay_steps"]),
    )
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
