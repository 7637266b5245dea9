"""Follow the gradients of a net constructed to be in a regime: variables as trace_gradients."""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import gradients

with reporting(snakemake.log):
    settings, names = snakemake.params.settings, snakemake.wildcards
    extent = gradients.Extent(**settings["extent"])
    dataset = gradients.trace_constructed(
        cells.load(names.cell), names.regime, settings["latent"], extent
    )
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=settings, wildcards=names,
    )  # fmt: skip
