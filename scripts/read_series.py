"""Read a series of the user's own, standardise it and split it by time: as integrate_series."""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import measured
from chaoslearn.records.observing import observe

with reporting(snakemake.log):
    name, settings = snakemake.wildcards.series, snakemake.params.settings
    store.write(
        observe(name, measured.record(settings), settings), snakemake.output[0],
        key=snakemake.params.key, settings=settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
