"""Estimate the exponents of a series, from its equations where they are known and from data.

================================ ================ ===========
exponent, exponent_error         (index)          1/time unit
convergence                      (checkpoint, index)
log_divergence                   (embedding, lag) 1
largest_exponent_from_data       ()               1/time unit
largest_exponent_from_data_kantz ()               1/time unit
predictability_time              ()               steps
reference                        (index)          1/time unit
================================ ================ ===========
"""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import estimated

with reporting(snakemake.log):
    dataset = estimated.estimate(
        snakemake.wildcards.series,
        store.read(snakemake.input.series),
        snakemake.params.settings,
    )
    store.write(
        dataset, snakemake.output[0], key=snakemake.params.key,
        settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
