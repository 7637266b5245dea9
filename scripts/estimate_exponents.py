"""Estimate the exponents of a series, from its equations where they are known and from data.

========================== ================ ===========
exponent, exponent_error   (index)          1/time unit
convergence                (checkpoint, index)
log_divergence             (embedding, lag) 1
largest_exponent_from_data ()               1/time unit
predictability_time        ()               steps
reference                  (index)          1/time unit
========================== ================ ===========
"""

from chaoslearn import store, systems
from chaoslearn.job import reporting
from chaoslearn.lyapunov.from_data import largest_exponent_from_series
from chaoslearn.lyapunov.spectrum import spectrum_of_system
from chaoslearn.records import exponents

with reporting(snakemake.log):
    settings = snakemake.params.settings
    series = store.read(snakemake.input.series)
    step, unit = float(series.attrs["sampling_step"]), series.attrs["time_unit"]
    training = series["observed"].values[series["split"].values == 0]
    from_data = largest_exponent_from_series(training, step)
    spectrum = reference = None
    if settings["equations"]:
        system = systems.configured(**settings["equations"])
        reference = system.reference
        extent = {name: settings[name] for name in ("starts", "duration", "transient", "seed")}
        spectrum = spectrum_of_system(system, **extent)
    dataset = exponents.to_dataset(from_data, spectrum, reference, step=step, unit=unit)
    store.write(
        dataset, snakemake.output[0],
        key=snakemake.params.key, settings=settings, wildcards=snakemake.wildcards,
    )  # fmt: skip
