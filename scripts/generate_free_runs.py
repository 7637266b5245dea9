"""Iterate trained nets on their own.

=========== ========================================= ====
generated   (convention, member, time, component)     1
diverged_at (member)                                  1
=========== ========================================= ====
"""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import free_runs, series as series_record, training as training_record
from chaoslearn.records.true_exponents import true_exponents

with reporting(snakemake.log):
    series = store.read(snakemake.input.series)
    trained = store.read(snakemake.input.training)
    known = true_exponents(store.read(snakemake.input.exponents))
    cell = cells.load(snakemake.wildcards.cell)
    generated = free_runs.generate(
        cell,
        training_record.weights_of(trained, cell),
        series_record.from_dataset(series),
        **snakemake.params.settings,
    )
    store.write(
        free_runs.to_dataset(generated, trained, series, known.largest),
        snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
