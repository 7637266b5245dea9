"""How far gradients grow between two forcings, along held-out data.

============== ============================ =====================
largest_factor (member, quantile, interval) 1 (natural logarithm)
============== ============================ =====================
"""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import forced, series as series_record, training as training_record

with reporting(snakemake.log):
    trained = store.read(snakemake.input.training)
    cell = cells.load(snakemake.wildcards.cell)
    dataset = forced.measure(
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
