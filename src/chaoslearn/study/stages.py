"""The stages of the workflow as jobs: the settings, code and inputs of each file.

A method a rule, called with the rule's wildcards. A file's key is built on the keys of its inputs,
so the graph stands here as well as in the rules; ``tests/workflow`` holds the two together.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from chaoslearn import forcing, provenance
from chaoslearn.config import Config
from chaoslearn.config_series import FileSeries, SystemSeries
from chaoslearn.errors import InputError
from chaoslearn.provenance import Inputs, Job
from chaoslearn.study.runs import Run, all_runs, experiments_of, runs_of

SERIES_SCRIPTS = {
    "system": "integrate_series",
    "file": "read_series",
    "published": "retrieve_published",
}
# What a script writes beside the file that its job is named after.
PICTURES = (".png",)
BESIDE = {
    "collect_measures": (".csv",),
    "collect_growth": (".csv",),
    "collect_theorems": (".csv",),
    "collect_scorecard": (".md", ".html"),
}


class Stages:
    """The jobs of one config, from series to the measures of an ensemble.

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
        values: dict[str, Any] = {"equations": settings.equations}
        modules: tuple[str, ...] = ()
        if settings.equations is not None:
            values |= {
                **self.config.exponents.model_dump(),
                **settings.exponents.model_dump(exclude_none=True),
                "seed": self.config.seed,
            }
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
        beside = PICTURES if script.startswith("plot_") else BESIDE.get(script, ())
        return Job(full, self.scripts / f"{script}.py", modules, settings, inputs, beside)


def _net_modules(run: Run) -> tuple[str, ...]:
    """What a job with nets loads by name: the cell, its kernel if there is one, the forcing."""
    cell = provenance.require_cell(run.cell)
    kernel = f"{provenance.PACKAGE}.training.kernels.{run.cell}"
    kernels = (kernel,) if provenance.module_file(kernel).is_file() else ()
    return (cell, *kernels, *forcing.module_names(run.forcing))


def _system_module(system: str) -> str:
    return system if system.endswith(".py") else f"{provenance.PACKAGE}.systems.{system}"
