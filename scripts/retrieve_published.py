"""Fetch a series released with the paper, or take it from the cache: as integrate_series."""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import released
from chaoslearn.records.observing import observe

with reporting(snakemake.log):
    name, settings = snakemake.wildcards.series, snakemake.params.settings
    store.write(
        observe(name, released.record(settings), settings), snakemake.output[0],
        key=snakemake.params.key, settings=settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
