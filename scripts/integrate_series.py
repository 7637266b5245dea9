"""Integrate a system, observe it, standardise it and split it by time.

=========== =================== ==================
observed    (time, component)   1 (standardised)
split       (time)              1 (0 train, 1 test)
mean, scale (component)         as the raw series
=========== =================== ==================
"""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import integrated
from chaoslearn.records.observing import observe

with reporting(snakemake.log):
    name, settings = snakemake.wildcards.series, snakemake.params.settings
    store.write(
        observe(name, integrated.record(name, settings), settings), snakemake.output[0],
        key=snakemake.params.key, settings=settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
