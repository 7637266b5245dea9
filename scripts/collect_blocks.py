"""Join the blocks of an ensemble along ``member``: variables and settings as in a block's file."""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records.blocks import joined

with reporting(snakemake.log):
    ensemble = joined([store.read(path) for path in snakemake.input])
    store.write(
        ensemble.dataset, snakemake.output[0],
        key=snakemake.params.key, settings=ensemble.settings, wildcards=snakemake.wildcards,
        device=ensemble.device,
    )  # fmt: skip
