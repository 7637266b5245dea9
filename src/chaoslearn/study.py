"""Everything the workflow makes for one config: each file as a job with its key.

A method a rule, called with the rule's wildcards. The rules name their inputs as paths; the same
inputs stand here as parents, because a file's key is built on the keys of what it is made from.
``tests/workflow`` holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chaoslearn import forcing, provenance
from chaoslearn.config import Config, Experiment, Training
from chaoslearn.config_series import FileSeries, SystemSeries
from chaoslearn.errors import InputError
from chaoslearn.provenance import Job

# The settings of a sweep's figure that are not science: which conventions a user's series gets.
OWN_FIGURES = (("sweep", ""), ("attractor", "_attractor"), ("gradients", "_gradients"))

SERIES_SCRIPTS = {
    "system": "integrate_series",
    "file": "read_series",
    "published": "retrieve_published",
}


@dataclass(frozen=True)
class Run:
    """One training that the config asks for: its path's names, its forcing and its settings."""

    series: str
    cell: str
    name: str
    forcing: str
    training: Training

    @property
    def place(self) -> str:
        """The part of its files' paths that names it: series/cell/forcing."""
        return f"{self.series}/{self.cell}/{self.name}"


class Study:
    """The jobs of one config.

    Parameters
    ----------
    config : the typed configuration.
    root : the folder of the Snakefile, which holds ``scripts``.

    Raises
    ------
    InputError : an experiment names a series that is not there, or two ask for the same path with
        different settings.
    """

    def __init__(self, config: Config, root: Path) -> None:
        self.config = config
        self.scripts = root / "scripts"
        self.experiments = dict(config.experiments) | dict(self._own_experiments())
        self.runs = self._collect_runs()
        for method in ("exponents", "series", "block", "training", "free_runs", "measures"):
            setattr(self, method, cache(getattr(self, method)))

    # ---- what is made -------------------------------------------------------------------------

    def series(self, series: str) -> Job:
        """The observed series."""
        settings = self._series(series)
        values: dict[str, Any] = settings.model_dump() | {"seed": self.config.seed}
        modules: tuple[str, ...] = ()
        if isinstance(settings, SystemSeries):
            modules = (_system_module(settings.system),)
        if isinstance(settings, FileSeries):
            values["content"] = provenance.content_hash(settings.path)
        return self._job(f"series/{series}.nc", SERIES_SCRIPTS[settings.kind], values, modules)

    def exponents(self, series: str) -> Job:
        """The exponents of a series, from its equations where they are known and from data."""
        settings = self._series(series)
        values = self.config.exponents.model_dump() | {"seed": self.config.seed}
        modules: tuple[str, ...] = ()
        if settings.equations is not None:
            values["system"], values["parameters"] = settings.equations
            modules = (_system_module(values["system"]),)
        return self._job(
            f"exponents/{series}.nc", "estimate_exponents", values, modules, (self.series(series),)
        )

    def block(self, series: str, cell: str, forcing: str, block: str) -> Job:
        """One block of members, trained together."""
        run = self.run(series, cell, forcing)
        size = run.training.members_per_block
        first = int(block) * size
        members = list(range(first, min(first + size, run.training.members)))
        values = run.training.model_dump(exclude={"members", "members_per_block"}) | {
            "forcing": run.forcing,
            "members": members,
            "seed": self.config.seed,
        }
        parents: tuple[Job, ...] = (self.series(series),)
        if self.needs_exponents(series, cell, forcing):
            parents += (self.exponents(series),)
        return self._job(
            f"training/{run.place}/block-{block}.nc",
            "train_block",
            values,
            self._net_modules(run),
            parents,
        )

    def training(self, series: str, cell: str, forcing: str) -> Job:
        """The blocks of an ensemble joined."""
        run = self.run(series, cell, forcing)
        blocks = range(-(-run.training.members // run.training.members_per_block))
        parents = tuple(self.block(series, cell, forcing, str(block)) for block in blocks)
        return self._job(f"training/{run.place}.nc", "collect_blocks", {}, (), parents)

    def free_runs(self, series: str, cell: str, forcing: str) -> Job:
        """The trained nets iterated on their own."""
        run = self.run(series, cell, forcing)
        return self._job(
            f"free_runs/{run.place}.nc",
            "generate_free_runs",
            self.config.free_runs.model_dump(),
            self._net_modules(run),
            (self.series(series), self.training(series, cell, forcing)),
        )

    def measures(self, series: str, cell: str, forcing: str) -> Job:
        """How good the reconstructions are."""
        run = self.run(series, cell, forcing)
        return self._job(
            f"measures/{run.place}.nc",
            "measure_reconstruction",
            self.config.measures.model_dump(),
            self._net_modules(run),
            (
                self.series(series),
                self.exponents(series),
                self.training(series, cell, forcing),
                self.free_runs(series, cell, forcing),
            ),
        )

    def gradients(self, series: str, cell: str, forcing: str) -> Job:
        """How far the gradients of the trained nets reach."""
        run = self.run(series, cell, forcing)
        return self._job(
            f"gradients/{run.place}.nc",
            "trace_gradients",
            self.config.gradients.model_dump(),
            self._net_modules(run),
            (self.series(series), self.training(series, cell, forcing)),
        )

    def measures_table(self) -> Job:
        """All measures of all runs, as netCDF (and, beside it, csv)."""
        parents = tuple(self.measures(r.series, r.cell, r.name) for r in self.measured())
        return self._job("tables/measures.nc", "collect_measures", {}, (), parents)

    def exponents_table(self) -> Job:
        """All exponents: computed, referenced, from data."""
        parents = tuple(self.exponents(name) for name in self.config.series)
        return self._job("tables/exponents.csv", "collect_exponents", {}, (), parents)

    def divergence_figure(self, series: str) -> Job:
        """Mean log-divergence of neighbours in a series, with the fit."""
        return self._job(
            f"figures/divergence-{series}.pdf", "plot_divergence", {}, (), (self.exponents(series),)
        )

    def sweep_figure(self, experiment: str, convention: str) -> Job:
        """Measures against τ."""
        asked = self.experiments[experiment]
        series = self.figure_series(experiment, convention)
        runs = [run for run in self.experiment_runs(experiment) if run.series == series]
        parents = (
            self.exponents(series),
            *(self.measures(r.series, r.cell, r.name) for r in runs),
        )
        values = {"convention": convention, "published": asked.published}
        path = f"figures/{experiment}-{convention}.pdf"
        return self._job(path, "plot_sweep", values, (), parents)

    def attractor_figure(self, experiment: str) -> Job:
        """The attractor, and what trained nets make of it."""
        runs = self.experiment_runs(experiment)
        parents = (
            self.series(runs[0].series),
            *(self.free_runs(r.series, r.cell, r.name) for r in runs),
            *(self.measures(r.series, r.cell, r.name) for r in runs),
        )
        return self._job(f"figures/{experiment}.pdf", "plot_attractor", {}, (), parents)

    def gradients_figure(self, experiment: str) -> Job:
        """Norms of Jacobian products and gradients against T."""
        runs = self.experiment_runs(experiment)
        parents = tuple(self.gradients(r.series, r.cell, r.name) for r in runs)
        return self._job(f"figures/{experiment}.pdf", "plot_gradients", {}, (), parents)

    def jobs(self) -> Iterator[Job]:
        """Every file of every stage: what ``rule all`` asks for."""
        for name in self.config.series:
            yield from (self.series(name), self.exponents(name), self.divergence_figure(name))
        for run in self.runs.values():
            place = (run.series, run.cell, run.name)
            yield from self.training(*place).parents
            yield self.training(*place)
        for run in self.measured():
            place = (run.series, run.cell, run.name)
            yield from (self.free_runs(*place), self.measures(*place))
        for run in self.traced():
            yield self.gradients(run.series, run.cell, run.name)
        yield from (self.measures_table(), self.exponents_table())
        yield from self.figures()

    def figures(self) -> Iterator[Job]:
        """Every experiment's figures."""
        for name, experiment in self.experiments.items():
            if experiment.figure == "sweep":
                for convention in experiment.conventions:
                    yield self.sweep_figure(name, convention)
            elif experiment.figure == "attractor":
                yield self.attractor_figure(name)
            else:
                yield self.gradients_figure(name)

    # ---- what the rules and figures ask --------------------------------------------------------

    def run(self, series: str, cell: str, forcing: str) -> Run:
        """The training with these names in its path."""
        try:
            return self.runs[series, cell, forcing]
        except KeyError as error:
            raise InputError(
                f"{series}/{cell}/{forcing}: no experiment in the config asks for it"
            ) from error

    def needs_exponents(self, series: str, cell: str, forcing: str) -> bool:
        """Whether the forcing's interval is the series' own τ_pred."""
        return "auto" in self.run(series, cell, forcing).forcing.split("-")

    def experiment_runs(self, experiment: str) -> list[Run]:
        """The trainings of an experiment, in the order in which it names them."""
        asked = self.experiments[experiment]
        return [
            self.run(series, cell, _run_name(asked, identifier))
            for series in asked.series
            for cell in asked.cells
            for identifier in asked.forcings
        ]

    def figure_series(self, experiment: str, convention: str) -> str:
        """The one series a sweep shows: *published* the first one named, *standard* the last."""
        names = self.experiments[experiment].series
        return names[0] if convention == "published" else names[-1]

    def measured(self) -> list[Run]:
        """The trainings whose free runs are measured."""
        return self._runs_of("sweep", "attractor")

    def traced(self) -> list[Run]:
        """The trainings whose gradients are traced."""
        return self._runs_of("gradients")

    # ---- how it is put together ----------------------------------------------------------------

    def _job(
        self,
        path: str,
        script: str,
        settings: dict[str, Any],
        modules: tuple[str, ...] = (),
        parents: tuple[Job, ...] = (),
    ) -> Job:
        full = f"{self.config.results}/{path}"
        return Job(full, self.scripts / f"{script}.py", modules, settings, parents)

    def _series(self, name: str) -> Any:
        return self.config.series[name]

    def _net_modules(self, run: Run) -> tuple[str, ...]:
        cell = provenance.require_cell(run.cell)
        kernel = f"{provenance.PACKAGE}.training.kernels.{run.cell}"
        kernels = (kernel,) if provenance.module_file(kernel).is_file() else ()
        return (cell, *kernels, *forcing.module_names(run.forcing))

    def _runs_of(self, *figures: str) -> list[Run]:
        wanted: dict[str, Run] = {}
        for name, experiment in self.experiments.items():
            if experiment.figure in figures:
                wanted |= {run.place: run for run in self.experiment_runs(name)}
        return list(wanted.values())

    def _collect_runs(self) -> dict[tuple[str, str, str], Run]:
        runs: dict[tuple[str, str, str], Run] = {}
        for experiment, asked in self.experiments.items():
            for run in self._asked_runs(experiment, asked):
                known = runs.setdefault((run.series, run.cell, run.name), run)
                if known != run:
                    raise InputError(
                        f"config: experiments.{experiment}: asks for training {run.place} with "
                        "other settings than an experiment before it; give it a `setting: name`"
                    )
        return runs

    def _asked_runs(self, experiment: str, asked: Experiment) -> Iterator[Run]:
        training = _changed(self.config.training, asked)
        for series in asked.series:
            if series not in self.config.series:
                raise InputError(
                    f"config: experiments.{experiment}.series: {series!r} is no series of the "
                    f"config; there are {', '.join(self.config.series)}"
                )
            for cell in asked.cells:
                for identifier in asked.forcings:
                    _require_window(experiment, identifier, training.window)
                    name = _run_name(asked, identifier)
                    yield Run(series, cell, name, identifier, training)

    def _own_experiments(self) -> Iterator[tuple[str, Experiment]]:
        named = {s for experiment in self.config.experiments.values() for s in experiment.series}
        own = self.config.own_series
        for series, settings in self.config.series.items():
            if series in named or not isinstance(settings, FileSeries):
                continue
            for figure, ending in OWN_FIGURES:
                yield (
                    f"{series}{ending}",
                    Experiment.model_validate(
                        {
                            "figure": figure,
                            "series": [series],
                            "cells": own.cells,
                            "forcings": own.forcings if figure == "sweep" else own.forcings[:1],
                        }
                    ),
                )


def _run_name(asked: Experiment, identifier: str) -> str:
    return f"{identifier}-{asked.setting}" if asked.setting else identifier


def _changed(training: Training, asked: Experiment) -> Training:
    return training.model_copy(update=asked.training.model_dump(exclude_none=True))


def _require_window(experiment: str, identifier: str, window: int | None) -> None:
    if window is None or "auto" in identifier.split("-"):
        return
    longest = forcing.load(identifier).longest
    if longest > window:
        raise InputError(
            f"config: experiments.{experiment}.forcings: {identifier} has segments of {longest} "
            f"steps, longer than training.window = {window}; lengthen the window or leave it out"
        )


def _system_module(system: str) -> str:
    return system if system.endswith(".py") else f"{provenance.PACKAGE}.systems.{system}"
