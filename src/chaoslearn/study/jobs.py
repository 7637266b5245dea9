"""What is made of the stages: tables, figures, the scorecard; and the list of all there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chaoslearn import provenance
from chaoslearn.config import Config
from chaoslearn.errors import InputError
from chaoslearn.provenance import Inputs, Job
from chaoslearn.study.runs import forcings_of
from chaoslearn.study.scorecard import scorecard
from chaoslearn.study.stages import Stages
from chaoslearn.study.theorems import Theorems


class Study(Stages):
    """All jobs of one config.

    Parameters and what is raised: as of ``Stages``; and an InputError where ``gradients.link``
    names an experiment that is not there, where two figures have one name, and where there is no
    series.
    """

    def __init__(self, config: Config, root: Path) -> None:
        super().__init__(config, root)
        self.theorems = Theorems(self)
        if not config.series:
            raise InputError("config: series: there is none, so nothing can be made; name one")
        self._require_names_of_their_own()

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
        return scorecard(self, self.theorems)

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
        yield self.exponents_table()
        if self.runs_shown("sweep", "attractor"):
            yield self.measures_table()
        yield self.scorecard()
        yield from self.figures()

    def _require_names_of_their_own(self) -> None:
        makers: dict[str, Path] = {}
        for job in self.jobs():
            if makers.setdefault(job.path, job.script) != job.script:
                raise InputError(
                    f"config: experiments: {makers[job.path].stem} and {job.script.stem} would "
                    f"both make {job.path}; rename the experiment"
                )

    def figures(self) -> Iterator[Job]:
        """Every experiment's figures."""
        for name, experiment in self.experiments.items():
            if experiment.figure == "sweep":
                yield from (self.sweep_figure(name, kind) for kind in experiment.conventions)
            elif experiment.figure == "attractor":
                yield self.attractor_figure(name)
            elif experiment.figure == "gradients":
                yield self.gradients_figure(name)
