"""Integrate a system, observe it, standardise it and split it by time.

=========== =================== ==================
observed    (time, component)   1 (standardised)
split       (time)              1 (0 train, 1 test)
mean, scale (component)         as the raw series
=========== =================== ==================
"""

from snakemake.script import snakemake

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import observing

with reporting(snakemake.log):
    dataset = observing.observe_system(snakemake.wildcards.series, snakemake.params.settings)
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
