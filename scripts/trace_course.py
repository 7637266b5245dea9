"""Gradients and exponents in the course of a training.

====================== ========================= =====================
jacobian_norm          (snapshot, member, start) 1 (natural logarithm)
loss_gradient_norm     (snapshot, member, start) 1 (natural logarithm)
largest_exponent       (snapshot, member)        per step
training_gradient_norm (epoch, member)           1
loss                   (epoch, member)           1
====================== ========================= =====================
"""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import course, series as series_record

with reporting(snakemake.log):
    dataset = course.follow(
        cells.load(snakemake.wildcards.cell),
        store.read(snakemake.input.training),
        series_record.from_dataset(store.read(snakemake.input.series)),
        **snakemake.params.settings,
    )
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
