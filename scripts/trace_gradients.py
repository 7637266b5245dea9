"""Follow the gradients of a trained net along its own attractor; NaN where no net survived.

=================== ======================== =====================
jacobian_norm       (start, steps)           1 (natural logarithm)
state_gradient_norm (start, parameter_steps) 1 (natural logarithm)
loss_gradient_norm  (start, parameter_steps) 1 (natural logarithm)
growth_rate         (norm)                   per step
exponent            (index)                  per step
largest_exponent    ()                       per step
=================== ======================== =====================
"""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import gradients, series as series_record, training as training_record

with reporting(snakemake.log):
    trained = store.read(snakemake.input.training)
    cell = cells.load(snakemake.wildcards.cell)
    dataset = gradients.trace(
        cell,
        training_record.weights_of(trained, cell),
        trained["member"].values,
        trained["diverged_at"].values < 0,
        series_record.from_dataset(store.read(snakemake.input.series)),
        gradients.Extent(**snakemake.params.settings),
    )
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
