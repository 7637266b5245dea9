"""How fast the Jacobian's norm grows in every member of an ensemble, beside its exponent.

====================== ======== ========
growth_rate            (member) per step
growth_rate_error      (member) per step
largest_exponent       (member) per step
largest_exponent_error (member) per step
====================== ======== ========
"""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import growth, series as series_record, training as training_record

with reporting(snakemake.log):
    trained = store.read(snakemake.input.training)
    cell = cells.load(snakemake.wildcards.cell)
    dataset = growth.measure(
        cell,
        training_record.weights_of(trained, cell),
        trained["diverged_at"].values < 0,
        series_record.from_dataset(store.read(snakemake.input.series)),
        **snakemake.params.settings,
    )
    store.write(
        dataset.assign_coords(member=trained["member"]), snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
