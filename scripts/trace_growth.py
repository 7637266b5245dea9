"""How fast the Jacobian's norm grows in every member of an ensemble, beside its exponent.

====================== ======== ========
growth_rate            (member) per step
growth_rate_error      (member) per step
largest_exponent       (member) per step
largest_exponent_error (member) per step
====================== ======== ========
"""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import growth
from chaoslearn.records.nets import of_each_member

with reporting(snakemake.log):
    dataset = of_each_member(
        growth.measure,
        snakemake.wildcards.cell,
        store.read(snakemake.input.training),
        store.read(snakemake.input.series),
        snakemake.params.settings,
    )
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
