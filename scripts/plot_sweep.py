"""Draw the measures of an experiment's reconstructions against the forcing interval."""

from chaoslearn import store
from chaoslearn.figures import style, sweep
from chaoslearn.figures.inputs import by_net
from chaoslearn.job import reporting

with reporting(snakemake.log):
    settings = snakemake.params.settings
    figure = sweep.draw(
        by_net(snakemake.input.measures, settings["forcings"]),
        convention=snakemake.wildcards.convention,
        predictability_time=float(store.read(snakemake.input.exponents[0])["predictability_time"]),
        published_figure=settings["published"],
    )
    style.save(figure, snakemake.output.pdf, snakemake.output.png)
