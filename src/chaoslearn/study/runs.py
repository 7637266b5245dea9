"""Which trainings a config asks for: its experiments, and what a user's own series gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chaoslearn import forcing
from chaoslearn.config import Config, Training
from chaoslearn.config_experiments import Experiment
from chaoslearn.config_series import FileSeries
from chaoslearn.errors import InputError

FEWEST_SNAPSHOTS = 2  # that make a course

# Figure of an own series → what its experiment's name ends in.
OWN_FIGURES = {"sweep": "", "attractor": "_attractor", "gradients": "_gradients"}


@dataclass(frozen=True)
class Run:
    """One training that the config asks for: its path's names, its forcing and its settings."""

    series: str
    cell: str
    name: str
    forcing: str
    training: Training

    @property
    def names(self) -> tuple[str, str, str]:
        """Series, cell and forcing as they stand in its files' paths."""
        return (self.series, self.cell, self.name)

    @property
    def place(self) -> str:
        """The part of its files' paths that names it: series/cell/forcing."""
        return "/".join(self.names)

    @property
    def forced_at_predictability_time(self) -> bool:
        """Whether the forcing's interval is the series' own τ_pred."""
        return forcing.asks_for_predictability_time(self.forcing)


def experiments_of(config: Config) -> dict[str, Experiment]:
    """The config's experiments, and three for each file of the user's that none of them names.

    Raises
    ------
    InputError : such a series is called like an experiment or a figure of another series.
    """
    named = {series for experiment in config.experiments.values() for series in experiment.series}
    own: dict[str, Experiment] = {}
    for series, settings in config.series.items():
        if not isinstance(settings, FileSeries) or series in named:
            continue
        for figure, ending in OWN_FIGURES.items():
            name = f"{series}{ending}"
            if name in config.experiments or name in own:
                raise InputError(
                    f"config: series.{series}: its figure would be called {name!r}, as an "
                    "experiment or another series' figure is; rename the series"
                )
            own[name] = _own_experiment(config, series, figure)
    return dict(config.experiments) | own


def runs_of(config: Config, experiment: str, asked: Experiment) -> Iterator[Run]:
    """The trainings of one experiment, in the order in which it names them.

    Raises
    ------
    InputError : a series that is not there, a segment longer than a window that is given, or a
        course without snapshots.
    """
    changes = asked.training.model_dump(exclude_none=True)
    training = config.training.model_copy(update=changes)
    if asked.figure == "course" and training.snapshots < FEWEST_SNAPSHOTS:
        raise InputError(
            f"config: experiments.{experiment}: the figure course shows snapshots of a training, "
            f"and training.snapshots is {training.snapshots}; ask for {FEWEST_SNAPSHOTS} or more"
        )
    for series in asked.series:
        if series not in config.series:
            raise InputError(
                f"config: experiments.{experiment}.series: {series!r} is no series of the "
                f"config; there are {', '.join(config.series)}"
            )
        for cell in asked.cells:
            for identifier in asked.forcings:
                name = f"{identifier}-{asked.setting}" if asked.setting else identifier
                run = Run(series, cell, name, identifier, training)
                _require_window(experiment, run)
                yield run


def all_runs(config: Config, experiments: dict[str, Experiment]) -> dict[tuple[str, str, str], Run]:
    """Every training by its names; one that several experiments share stands here once.

    Raises
    ------
    InputError : two experiments ask for the same path with different settings.
    """
    runs: dict[tuple[str, str, str], Run] = {}
    for experiment, asked in experiments.items():
        for run in runs_of(config, experiment, asked):
            if runs.setdefault(run.names, run) != run:
                raise InputError(
                    f"config: experiments.{experiment}: asks for training {run.place} with "
                    "other settings than an experiment before it; give it a `setting: name`"
                )
    return runs


def forcings_of(runs: Iterable[Run]) -> dict[str, list[str]]:
    """What a figure calls its nets, in the order of its inputs: without the setting's name."""
    return {"forcings": [run.forcing for run in runs]}


def _own_experiment(config: Config, series: str, figure: str) -> Experiment:
    own = config.own_series
    return Experiment.model_validate(
        {
            "figure": figure,
            "series": [series],
            "cells": own.cells,
            "forcings": own.forcings if figure == "sweep" else own.forcings[:1],
        }
    )


def _require_window(experiment: str, run: Run) -> None:
    window = run.training.window
    if window is None or run.forced_at_predictability_time:
        return
    longest = forcing.load(run.forcing).longest
    if longest > window:
        raise InputError(
            f"config: experiments.{experiment}.forcings: {run.forcing} has segments of {longest} "
            f"steps, longer than training.window = {window}; lengthen the window or leave it out"
        )
