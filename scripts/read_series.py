"""Read a series of the user's own, standardise it and split it by time: as integrate_series."""

from snakemake.script import snakemake

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import observing

with reporting(snakemake.log):
    store.write(
        observing.observe_file(snakemake.params.settings), snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
