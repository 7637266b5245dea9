"""How far gradients grow between two forcings, along held-out data.

============== ============================ =====================
largest_factor (member, quantile, interval) 1 (natural logarithm)
============== ============================ =====================
"""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import forced
from chaoslearn.records.nets import of_each_member

with reporting(snakemake.log):
    dataset = of_each_member(
        forced.measure,
        snakemake.wildcards.cell,
        store.read(snakemake.input.training),
        store.read(snakemake.input.series),
        snakemake.params.settings,
    )
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
