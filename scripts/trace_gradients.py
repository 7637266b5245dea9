"""Follow the gradients of a trained net along its own attractor.

=================== ======================== =====================
jacobian_norm       (start, steps)           1 (natural logarithm)
state_gradient_norm (start, parameter_steps) 1 (natural logarithm)
loss_gradient_norm  (start, parameter_steps) 1 (natural logarithm)
growth_rate         (norm)                   per step
largest_exponent    ()                       per step
=================== ======================== =====================
"""

import numpy as np

from chaoslearn import cells, store
from chaoslearn.errors import InputError
from chaoslearn.job import reporting
from chaoslearn.records import gradients
from chaoslearn.records import series as series_record
from chaoslearn.records import training as training_record

with reporting(snakemake.log):
    series = series_record.from_dataset(store.read(snakemake.input.series))
    trained = store.read(snakemake.input.training)
    cell = cells.load(snakemake.wildcards.cell)
    alive = np.flatnonzero(trained["diverged_at"].values < 0)
    if not len(alive):
        raise InputError(f"{snakemake.input.training}: every member diverged; nothing to trace")
    dataset = gradients.trace(
        cell, training_record.weights_of(trained, cell), int(alive[0]), series,
        **snakemake.params.settings,
    )  # fmt: skip
    dataset.attrs["member"] = int(trained["member"][alive[0]])
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
