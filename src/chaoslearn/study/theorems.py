"""The jobs about the theorems: nets of known regime, what gradients do in them, verdicts; and how
far gradients grow in all nets, between forcings, and in the course of a training."""

from __future__ import annotations

from collections.abc import Iterator

from chaoslearn import provenance
from chaoslearn.errors import InputError
from chaoslearn.gradients.regimes import has_construction
from chaoslearn.provenance import Inputs, Job
from chaoslearn.study.runs import forcings_of
from chaoslearn.study.stages import Stages


class Theorems:
    """The jobs that ask what gradients do, beyond the traces of single nets.

    Raises
    ------
    InputError : ``gradients.link`` names an experiment that is not there, or one is called link.
    """

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.experiments = {
            name: asked for name, asked in stages.experiments.items() if asked.figure == "theorems"
        }
        if "link" in stages.experiments:
            raise InputError(
                "config: experiments.link: the figure of gradients.link is called so; rename it"
            )
        for name in self._linked():
            if name not in stages.experiments:
                known = ", ".join(stages.experiments)
                raise InputError(
                    f"config: gradients.link: {name!r} is no experiment; there are {known}"
                )

    def constructed(self, regime: str, cell: str) -> Job:
        """A net constructed to be in a regime: how far its gradients reach."""
        config = self.stages.config
        values = {
            "extent": config.gradients.extent,
            "latent": config.training.latent,
            "regime": regime,
        }
        path, modules = f"constructed/{regime}/{cell}.nc", (provenance.require_cell(cell),)
        return self.stages.job(path, "trace_constructed", values, {}, modules)

    def table(self) -> Job:
        """The verdicts, as netCDF (and, beside it, csv)."""
        constructed = [job for name in self.experiments for job in self._constructed(name)]
        trained = [job for name in self.experiments for job in self._trained(name)]
        regimes = {
            series: regime
            for asked in self.experiments.values()
            for regime, names in asked.regimes.items()
            for series in names
        }
        # Each once, though several experiments may share it.
        inputs: Inputs = {
            "constructed": tuple({job.path: job for job in constructed}.values()),
            "trained": tuple({job.path: job for job in trained}.values()),
        }
        path = "tables/theorems.nc"
        return self.stages.job(path, "collect_theorems", {"regimes": regimes}, inputs)

    def figure(self, experiment: str, origin: str) -> Job:
        """The traces of all its constructed or all its trained nets."""
        nets = self._constructed if origin == "constructed" else self._trained
        inputs: Inputs = {"gradients": tuple(nets(experiment))}
        return self.stages.job(f"figures/{experiment}-{origin}.pdf", "plot_theorems", {}, inputs)

    def growth(self, series: str, cell: str, forcing: str) -> Job:
        """How fast gradients grow in all members of an ensemble, beside their exponents."""
        settings = self.stages.config.gradients
        values = {"starts": settings.starts, "steps": settings.parameter_steps}
        return self.stages.of_nets("growth", "trace_growth", values, series, cell, forcing)

    def growth_table(self) -> Job:
        """The same of all nets, and the line through them, as netCDF (and, beside it, csv)."""
        runs = {
            run.place: run for name in self._linked() for run in self.stages.experiment_runs(name)
        }
        inputs: Inputs = {"growth": tuple(self.growth(*run.names) for run in runs.values())}
        return self.stages.job("tables/growth.nc", "collect_growth", {}, inputs)

    def link_figure(self) -> Job:
        """Growth rates of gradients against exponents, over all nets."""
        inputs: Inputs = {"growth": (self.growth_table(),)}
        return self.stages.job("figures/link.pdf", "plot_link", {}, inputs)

    def forced(self, series: str, cell: str, forcing: str) -> Job:
        """How far gradients grow between two forcings."""
        values = {"segments": self.stages.config.gradients.segments}
        return self.stages.of_nets("forced", "trace_forced", values, series, cell, forcing)

    def forced_figure(self, experiment: str) -> Job:
        """The same against the forcing interval, for each cell."""
        runs = self.stages.experiment_runs(experiment)
        inputs: Inputs = {
            "exponents": (self.stages.exponents(runs[0].series),),
            "forced": tuple(self.forced(*run.names) for run in runs),
        }
        path = f"figures/{experiment}.pdf"
        return self.stages.job(path, "plot_forced", forcings_of(runs), inputs)

    def course(self, series: str, cell: str, forcing: str) -> Job:
        """Gradients and exponents in the course of a training."""
        settings = self.stages.config.gradients
        values = {"starts": settings.starts, "steps": settings.course_steps}
        return self.stages.of_nets("courses", "trace_course", values, series, cell, forcing)

    def course_figure(self, experiment: str) -> Job:
        """The same against epochs, forcing by forcing."""
        runs = self.stages.experiment_runs(experiment)
        inputs: Inputs = {"courses": tuple(self.course(*run.names) for run in runs)}
        path = f"figures/{experiment}.pdf"
        return self.stages.job(path, "plot_course", forcings_of(runs), inputs)

    def jobs(self) -> Iterator[Job]:
        """Every file, but for the trainings and the traces of single trained nets."""
        if self.experiments:
            table = self.table()
            yield from (*table.inputs["constructed"], table)
        for name in self.experiments:
            figures = (self.figure(name, origin) for origin in ("constructed", "trained"))
            yield from (figure for figure in figures if figure.parents)
        linked = self.growth_table()
        if linked.parents:
            yield from (*linked.parents, linked, self.link_figure())
        for name, asked in self.stages.experiments.items():
            if asked.figure == "forced":
                figure = self.forced_figure(name)
                yield from (*figure.inputs["forced"], figure)
            elif asked.figure == "course":
                figure = self.course_figure(name)
                yield from (*figure.parents, figure)

    def _linked(self) -> list[str]:
        """The experiments whose nets stand in figure ``link``."""
        asked = self.stages.config.gradients.link
        return list(self.stages.experiments) if asked is None else asked

    def _constructed(self, experiment: str) -> Iterator[Job]:
        for regime in self.experiments[experiment].regimes:
            for cell in self.experiments[experiment].cells:
                if has_construction(cell):
                    yield self.constructed(regime, cell)

    def _trained(self, experiment: str) -> Iterator[Job]:
        for run in self.stages.experiment_runs(experiment):
            yield self.stages.gradients(*run.names)
