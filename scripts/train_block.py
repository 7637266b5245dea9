"""Train one block of an ensemble on a series, under one forcing.

=============== ======================= ====
weight by name  (member, ...)           1
loss            (epoch, member)         1
gradient_norm   (epoch, member)         1
diverged_at     (member)                1
=============== ======================= ====
"""

from pathlib import Path

from chaoslearn import cells, forcing, store
from chaoslearn.errors import InputError
from chaoslearn.job import reporting
from chaoslearn.records import series as series_record, training as training_record
from chaoslearn.training.checkpoint import Resumption
from chaoslearn.training.device import described, device_for
from chaoslearn.training.ensemble import train
from chaoslearn.training.recipe import Recipe
from chaoslearn.training.streams import Streams

with reporting(snakemake.log):
    settings, names, key = snakemake.params.settings, snakemake.wildcards, snakemake.params.key
    series = series_record.from_dataset(store.read(snakemake.input.series))
    identifier = settings["forcing"]
    if snakemake.input.exponents:
        exponents = store.read(snakemake.input.exponents[0])
        identifier = forcing.resolve(identifier, float(exponents["predictability_time"]))
    regime = forcing.load(identifier)
    recipe = Recipe.from_settings(settings, regime.longest)
    kept = Path(snakemake.params.checkpoints) / f"{key}.npz"
    seconds = snakemake.resources.seconds_between_checkpoints
    if not isinstance(seconds, int):
        raise InputError(f"seconds_between_checkpoints={seconds}: give a whole number of seconds")
    with device_for(snakemake.resources.get("gpu", 0)) as device:
        trained = train(
            cells.load(names.cell), regime, series.train, recipe,
            Streams(settings["seed"], names.series, names.cell, names.forcing), settings["members"],
            device=device, threads=snakemake.threads,
            resumption=Resumption(kept, f"{key} {store.packages()}", seconds),
        )  # fmt: skip
        computed_on = described(device)
    dataset = training_record.to_dataset(
        trained, settings["members"], recipe.latent, recipe.snapshot_epochs
    )
    dataset.attrs |= {"forcing": identifier, "window": recipe.window}
    store.write(
        dataset,
        snakemake.output[0],
        key=key,
        settings=settings,
        wildcards=names,
        device=computed_on,
    )
    kept.unlink(missing_ok=True)
