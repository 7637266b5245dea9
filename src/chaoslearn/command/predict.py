"""``chaoslearn predict``: free runs of trained nets, as rule generate_free_runs makes them."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import xarray as xr

from chaoslearn import cells, provenance, store
from chaoslearn.command.kinds import opened_as
from chaoslearn.command.summaries import free_runs as summary
from chaoslearn.errors import InputError
from chaoslearn.provenance import Job
from chaoslearn.records import free_runs, series as series_record, training as training_record


def run(
    *, trained: Path, series: Path | None, steps: int, transient: int, output: Path
) -> list[str]:
    """Iterate the nets in ``trained`` for ``steps`` from samples of ``series``, into ``output``.

    Gives a summary of the runs. They start as those of the workflow, in both conventions.

    Raises
    ------
    InputError : a file cannot be used or written, or steps are asked for that cannot be.
    """
    if steps < 1 or transient < 0:
        raise InputError(f"--steps {steps} --transient {transient}: at least 1, and at least 0")
    if os.path.isdir(output):
        raise InputError(f"-o {output}: a folder; name the file to write in it")
    nets = opened_as(trained, "training")
    names = json.loads(nets.attrs["wildcards"])
    series = series or _series_of(trained, names["series"])
    observed = opened_as(series, "series")
    _require_same_components(nets, observed, trained)
    if output.resolve() in (trained.resolve(), series.resolve()):
        raise InputError(f"-o {output}: would overwrite its own input; give another name")
    extent = {"steps": steps, "transient": transient}
    _require_memory(nets, **extent)
    cell = cells.load(names["cell"])
    generated = free_runs.generate(
        cell,
        training_record.weights_of(nets, cell),
        series_record.from_dataset(observed),
        **extent,
    )
    dataset = free_runs.to_dataset(generated, nets, observed, math.nan)
    # No job of the workflow made it: what it comes from stands in its settings, by key.
    settings = extent | {"training": nets.attrs["key"], "series": observed.attrs["key"]}
    modules = (provenance.require_cell(names["cell"]),)
    key = Job(str(output), Path(__file__), modules, settings, {}).key
    store.write(dataset, output, key=key, settings=settings, wildcards=names)
    return [f"{output}: free runs of {steps} steps", *summary(dataset)]


def _series_of(trained: Path, name: str) -> Path:
    """The series that nets were trained on, where the workflow puts it."""
    for folder in trained.absolute().parents:
        path = folder.parent / "series" / f"{name}.nc"
        if folder.name == "training" and path.is_file():
            return path
    raise InputError(f"{trained}: series {name} is not beside it; name its file by --series")


def _require_same_components(nets: xr.Dataset, observed: xr.Dataset, trained: Path) -> None:
    asked, given = nets.sizes["component"], observed.sizes["component"]
    if asked != given:
        raise InputError(
            f"{trained}: its nets see {asked} components, the series has {given}; "
            "give the series they were trained on"
        )


def _require_memory(nets: xr.Dataset, steps: int, transient: int) -> None:
    """Runs are made with their transient, then kept without it: float32, in two conventions."""
    size = 4 * 2 * nets.sizes["member"] * nets.sizes["component"] * (2 * steps + transient)
    if size > os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"):
        raise InputError(
            f"--steps {steps} --transient {transient}: more than the memory of this machine holds; "
            "ask for fewer"
        )
