"""Each file of the workflow as a job: its settings, the code it uses, the files it is made from.

A method a rule, called with the rule's wildcards. A file's key is built on the keys of its inputs,
so the graph stands here as well as in the rules; ``tests/workflow`` holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from chaoslearn import forcing, provenance
from chaoslearn.config import Config
from chaoslearn.config_series import FileSeries, SystemSeries
from chaoslearn.errors import InputError
from chaoslearn.provenance import Inputs, Job
from chaoslearn.study import scorecard
from chaoslearn.study.runs import Run, all_runs, experiments_of, forcings_of, runs_of
from chaoslearn.study.theorems import Theorems

SERIES_SCRIPTS = {
    "system": "integrate_series",
    "file": "read_series",
    "published": "retrieve_published",
}


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
        self.experiments = experiments_of(config)
        self.runs = all_runs(config, self.experiments)
        for method in ("series", "exponents", "block", "training", "free_runs", "measures"):
            setattr(self, method, cache(getattr(self, method)))
        self.theorems = Theorems(self)

    def series(self, series: str) -> Job:
        """The observed series."""
        settings = self.config.series[series]
        values: dict[str, Any] = settings.model_dump(exclude={"exponents"})
        values |= {"series": series, "seed": self.config.seed}  # both decide the random streams
        modules: tuple[str, ...] = ()
        if isinstance(settings, SystemSeries):
            modules = (_system_module(settings.system),)
        if isinstance(settings, FileSeries):
            values["content"] = provenance.content_hash(settings.path)
        return self.job(f"series/{series}.nc", SERIES_SCRIPTS[settings.kind], values, {}, modules)

    def exponents(self, series: str) -> Job:
        """The exponents of a series, from its equations where they are known and from data."""
        settings = self.config.series[series]
        values: dict[str, Any] = {
            **self.config.exponents.model_dump(),
            **settings.exponents.model_dump(exclude_none=True),
            "seed": self.config.seed,
            "equations": settings.equations,
        }
        modules: tuple[str, ...] = ()
        if settings.equations is not None:
            modules = (_system_module(settings.equations["system"]),)
        inputs: Inputs = {"series": (self.series(series),)}
        return self.job(f"exponents/{series}.nc", "estimate_exponents", values, inputs, modules)

    def block(self, series: str, cell: str, forcing: str, block: str) -> Job:
        """One block of members, trained together."""
        run = self.run(series, cell, forcing)
        size = run.training.members_per_block
        first = int(block) * size
        values = run.training.model_dump(exclude={"members", "members_per_block"}) | {
            "forcing": run.forcing,
            "names": list(run.names),  # they decide the random streams
            "members": list(range(first, min(first + size, run.training.members))),
            "seed": self.config.seed,
        }
        inputs: Inputs = {"series": (self.series(series),)}
        if run.forced_at_predictability_time:
            inputs["exponents"] = (self.exponents(series),)
        path = f"training/{run.place}/block-{block}.nc"
        return self.job(path, "train_block", values, inputs, _net_modules(run))

    def training(self, series: str, cell: str, forcing: str) -> Job:
        """The blocks of an ensemble joined."""
        run = self.run(series, cell, forcing)
        count = -(-run.training.members // run.training.members_per_block)
        blocks = tuple(self.block(*run.names, str(block)) for block in range(count))
        return self.job(f"training/{run.place}.nc", "collect_blocks", {}, {"blocks": blocks})

    def free_runs(self, series: str, cell: str, forcing: str) -> Job:
        """The trained nets iterated on their own."""
        values = self.config.free_runs.model_dump()
        more: Inputs = {"exponents": (self.exponents(series),)}  # the unit of their time
        return self.of_nets("free_runs", "generate_free_runs", values, series, cell, forcing, more)

    def gradients(self, series: str, cell: str, forcing: str) -> Job:
        """How far the gradients of the trained nets reach."""
        values = self.config.gradients.extent
        return self.of_nets("gradients", "trace_gradients", values, series, cell, forcing)

    def measures(self, series: str, cell: str, forcing: str) -> Job:
        """How good the reconstructions are."""
        values = self.config.measures.model_dump()
        more: Inputs = {
            "exponents": (self.exponents(series),),
            "free_runs": (self.free_runs(series, cell, forcing),),
        }
        return self.of_nets(
            "measures", "measure_reconstruction", values, series, cell, forcing, more
        )

    def measures_table(self) -> Job:
        """All measures of all runs, as netCDF (and, beside it, csv)."""
        measured = tuple(self.measures(*run.names) for run in self.runs_shown("sweep", "attractor"))
        return self.job("tables/measures.nc", "collect_measures", {}, {"measures": measured})

    def exponents_table(self) -> Job:
        """All exponents: computed, referenced, from data."""
        exponents = tuple(self.exponents(name) for name in self.config.series)
        return self.job("tables/exponents.csv", "collect_exponents", {}, {"exponents": exponents})

    def scorecard(self) -> Job:
        """Which claims hold."""
        return scorecard.scorecard(self)

    def divergence_figure(self, series: str) -> Job:
        """Mean log-divergence of neighbours in a series, with the fit."""
        inputs: Inputs = {"exponents": (self.exponents(series),)}
        return self.job(f"figures/divergence-{series}.pdf", "plot_divergence", {}, inputs)

    def sweep_figure(self, experiment: str, convention: str) -> Job:
        """Measures against τ in one convention, on the series that stands for it."""
        asked = self.experiments[experiment]
        series = asked.conventions[convention]
        runs = [run for run in self.experiment_runs(experiment) if run.series == series]
        inputs: Inputs = {
            "exponents": (self.exponents(series),),
            "measures": tuple(self.measures(*run.names) for run in runs),
        }
        values = {
            "convention": convention,
            "published": asked.published,
            "series": series,
            **forcings_of(runs),
        }
        if asked.published:
            values["points"] = provenance.content_hash(provenance.PUBLISHED_POINTS)
        path = f"figures/{experiment}-{convention}.pdf"
        return self.job(path, "plot_sweep", values, inputs)

    def attractor_figure(self, experiment: str) -> Job:
        """The attractor, and what trained nets make of it."""
        runs = self.experiment_runs(experiment)
        inputs: Inputs = {
            "series": (self.series(runs[0].series),),
            "exponents": (self.exponents(runs[0].series),),
            "free_runs": tuple(self.free_runs(*run.names) for run in runs),
            "measures": tuple(self.measures(*run.names) for run in runs),
        }
        path = f"figures/{experiment}.pdf"
        return self.job(path, "plot_attractor", forcings_of(runs), inputs)

    def gradients_figure(self, experiment: str) -> Job:
        """Norms of Jacobian products and gradients against T."""
        runs = self.experiment_runs(experiment)
        inputs = {"gradients": tuple(self.gradients(*run.names) for run in runs)}
        path = f"figures/{experiment}.pdf"
        return self.job(path, "plot_gradients", forcings_of(runs), inputs)

    def jobs(self) -> Iterator[Job]:
        """Every file of every stage: what ``rule all`` asks for."""
        for name in self.config.series:
            yield from (self.series(name), self.exponents(name), self.divergence_figure(name))
        for run in self.runs.values():
            ensemble = self.training(*run.names)
            yield from (*ensemble.parents, ensemble)
        for run in self.runs_shown("sweep", "attractor"):
            yield from (self.free_runs(*run.names), self.measures(*run.names))
        for run in self.runs_shown("gradients", "theorems"):
            yield self.gradients(*run.names)
        yield from self.theorems.jobs()
        yield from (self.measures_table(), self.exponents_table(), self.scorecard())
        yield from self.figures()

    def figures(self) -> Iterator[Job]:
        """Every experiment's figures."""
        for name, experiment in self.experiments.items():
            if experiment.figure == "sweep":
                yield from (self.sweep_figure(name, kind) for kind in experiment.conventions)
            elif experiment.figure == "attractor":
                yield self.attractor_figure(name)
            elif experiment.figure == "gradients":
                yield self.gradients_figure(name)

    def run(self, series: str, cell: str, forcing: str) -> Run:
        """The training with these names in its path.

        Raises
        ------
        InputError : no experiment asks for it.
        """
        try:
            return self.runs[series, cell, forcing]
        except KeyError as error:
            raise InputError(
                f"{series}/{cell}/{forcing}: no experiment in the config asks for it"
            ) from error

    def experiment_runs(self, experiment: str) -> list[Run]:
        """The trainings of an experiment, in the order in which it names them."""
        return list(runs_of(self.config, experiment, self.experiments[experiment]))

    def runs_shown(self, *figures: str) -> list[Run]:
        """The trainings of all experiments with these figures, each once."""
        shown = {
            run.place: run
            for name, experiment in self.experiments.items()
            if experiment.figure in figures
            for run in self.experiment_runs(name)
        }
        return list(shown.values())

    def of_nets(
        self,
        stage: str,
        script: str,
        settings: dict[str, Any],
        series: str,
        cell: str,
        forcing: str,
        more: Inputs | None = None,
    ) -> Job:
        """A job that loads trained nets and the series they were trained on."""
        run = self.run(series, cell, forcing)
        inputs: Inputs = {
            "series": (self.series(series),),
            "training": (self.training(series, cell, forcing),),
        }
        path = f"{stage}/{run.place}.nc"
        return self.job(path, script, settings, inputs | (more or {}), _net_modules(run))

    def job(
        self,
        path: str,
        script: str,
        settings: dict[str, Any],
        inputs: Inputs,
        modules: tuple[str, ...] = (),
    ) -> Job:
        """A job by what is special to it."""
        full = f"{self.config.results}/{path}"
        return Job(full, self.scripts / f"{script}.py", modules, settings, inputs)


def _net_modules(run: Run) -> tuple[str, ...]:
    """What a job with nets loads by name: the cell, its kernel if there is one, the forcing."""
    cell = provenance.require_cell(run.cell)
    kernel = f"{provenance.PACKAGE}.training.kernels.{run.cell}"
    kernels = (kernel,) if provenance.module_file(kernel).is_file() else ()
    return (cell, *kernels, *forcing.module_names(run.forcing))


def _system_module(system: str) -> str:
    return system if system.endswith(".py") else f"{provenance.PACKAGE}.systems.{system}"
