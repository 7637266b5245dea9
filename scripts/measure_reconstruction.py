"""Measure an ensemble's reconstructions against the held-out series.

============================== ====================== =====================
state_space_divergence         (convention, member)   1 (nats)
state_space_divergence_mixture (variance, member)     1 (nats)
spectrum_distance              (convention, member)   1
spectrum_correlation           (convention, member)   1
fraction_outside               (member)               1
failed, failure                (convention, member)   1
prediction_error               (horizon, member)      1
valid_prediction_time          (member)               Lyapunov times, or NaN
exponent, exponent_difference  (member, index)        1/time unit
largest_exponent_error         (member)               1
kaplan_yorke_dimension, _error (member)               1
..._floor                      (convention)           1
============================== ====================== =====================
"""

from chaoslearn import cells, store
from chaoslearn.job import reporting
from chaoslearn.records import (
    measures,
    series as series_record,
    training as training_record,
)
from chaoslearn.records.true_exponents import true_exponents

with reporting(snakemake.log):
    series, trained = store.read(snakemake.input.series), store.read(snakemake.input.training)
    cell = cells.load(snakemake.wildcards.cell)
    dataset = measures.measure(
        cell,
        training_record.weights_of(trained, cell),
        trained["diverged_at"].values < 0,
        store.read(snakemake.input.free_runs)["generated"].values,
        series_record.from_dataset(series),
        true_exponents(store.read(snakemake.input.exponents)),
        measures.Extent(**snakemake.params.settings),
        series.attrs["time_unit"],
    )
    dataset["training_diverged_at"] = trained["diverged_at"]  # and the members' numbers with it
    store.write(
        dataset.assign_attrs(forcing=trained.attrs["forcing"]), snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
