"""The configuration: what may stand in ``config.yaml``, typed, with no unknown key anywhere.

``workflow/schemas/config.schema.yaml`` is generated from these classes (``make schema``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator
from snakemake.utils import update_config

from chaoslearn import forcing, provenance
from chaoslearn.config_gradients import Gradients, Regime
from chaoslearn.config_series import FileSeries, PublishedSeries, SystemSeries
from chaoslearn.config_types import Count, FigureName, Name, Overlaid, Positive, Strict
from chaoslearn.errors import InputError
from chaoslearn.published import points

AnySeries = SystemSeries | FileSeries | PublishedSeries


class Exponents(Strict):
    """How the exponents of a series are estimated."""

    starts: Annotated[int, Field(ge=2, description="initial conditions; the error is over them")]
    duration: Annotated[Positive, Field(description="units of time (maps: steps) a start")]
    transient: Positive


class Training(Strict):
    """How nets are trained; see ``chaoslearn.training.recipe.Recipe``."""

    latent: Count
    epochs: Count
    batches: Count
    batch: Count
    window: Annotated[Count | None, Field(description="T; max(200, τ) if not given")] = None
    learning_rate: Positive
    schedule: Literal["constant", "one-cycle"]
    members: Count
    members_per_block: Annotated[Count, Field(description="trained by one job")]
    snapshots: Annotated[
        int, Field(ge=0, description="how often the weights are kept on the way, at equal distance")
    ] = 0


class TrainingChange(Strict):
    """What an experiment trains differently; keys as in ``training``."""

    latent: Count | None = None
    epochs: Count | None = None
    batches: Count | None = None
    batch: Count | None = None
    window: Count | None = None
    learning_rate: Positive | None = None
    schedule: Literal["constant", "one-cycle"] | None = None
    members: Count | None = None
    members_per_block: Count | None = None
    snapshots: Annotated[int | None, Field(ge=0)] = None


class FreeRuns(Strict):
    """How trained nets are iterated on their own."""

    steps: Count
    transient: Annotated[int, Field(ge=0, description="steps dropped (standard convention)")]


class Measures(Strict):
    """How reconstructions are judged beyond their free run."""

    forecasts: Annotated[Count, Field(description="starts for prediction error and valid time")]
    horizon: Annotated[Positive, Field(description="of forecasts, in Lyapunov times")]
    exponent_steps: Annotated[Count, Field(description="steps along each net's own orbit")]


class Experiment(Strict):
    """A set of series × cells × forcings that answers one question, and the figure showing it."""

    figure: Literal["sweep", "attractor", "gradients", "theorems", "forced", "course"]
    series: Annotated[list[str], Field(min_length=1)]
    cells: Annotated[list[str], Field(min_length=1)]
    forcings: Annotated[list[str], Field(min_length=1)]
    setting: Annotated[
        Name | None,
        Field(description="joins the forcing's name, so that another training has another path"),
    ] = None
    training: TrainingChange = TrainingChange()
    published: Annotated[
        str | None, Field(description="figure of the paper whose points are drawn over it")
    ] = None
    conventions: Annotated[
        dict[Annotated[str, Field(pattern="^(published|standard)$")], str],
        Overlaid,
        Field(
            default_factory=dict,
            description="of a sweep: the series each convention shows; not needed where there is "
            "one series and the convention is standard",
        ),
    ]
    regimes: Annotated[
        dict[Regime, Annotated[list[str], Field(min_length=1)]],
        Field(
            default_factory=dict,
            description="of theorems, in place of `series`: the regimes in which nets are "
            "constructed, and on which series trained ones are to come to them",
        ),
    ]

    @field_validator("cells")
    @classmethod
    def _known_cells(cls, value: list[str]) -> list[str]:
        for cell in value:
            provenance.require_cell(cell)
        return value

    @field_validator("forcings")
    @classmethod
    def _known_forcings(cls, value: list[str]) -> list[str]:
        for identifier in value:
            forcing.load(forcing.resolve(identifier, 1.0))
        return value

    @field_validator("published")
    @classmethod
    def _known_figure(cls, value: str | None) -> str | None:
        if value is not None and value not in points.FILES:
            known = ", ".join(points.FILES)
            raise InputError(f"figure {value!r} of the paper is unknown; known are {known}")
        return value

    @model_validator(mode="before")
    @classmethod
    def _one_series_is_standard(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("figure") == "sweep":
            series = values.get("series")
            if isinstance(series, list) and len(series) == 1:
                return {"conventions": {"standard": series[0]}, **values}
        return values

    @model_validator(mode="before")
    @classmethod
    def _regimes_name_the_series(cls, values: Any) -> Any:
        regimes = values.get("regimes") if isinstance(values, dict) else None
        if not regimes or not isinstance(regimes, dict):
            return values
        # In one order, whatever that of the configs laid over each other, without what is null.
        order = [name for name in get_args(Regime) if name in regimes]
        ordered = {name: regimes[name] for name in dict.fromkeys([*order, *regimes])}
        regimes = {
            name: series
            for name, series in ordered.items()
            if series is not None or name not in order
        }
        lists = [names for names in regimes.values() if isinstance(names, list)]
        series = [name for names in lists for name in names]
        return {"series": series, **values, "regimes": regimes}

    @model_validator(mode="after")
    def _regimes_are_of_theorems(self) -> Experiment:
        if (self.figure == "theorems") != bool(self.regimes):
            raise InputError("`regimes` and the figure theorems go together: give both or neither")
        named = [name for names in self.regimes.values() for name in names]
        if self.regimes and (named != self.series or len(set(named)) < len(named)):
            raise InputError("each series stands under one regime, and `series` is left out")
        return self

    @model_validator(mode="after")
    def _figure_shows_every_series(self) -> Experiment:
        shown = set(self.conventions.values())
        if self.figure == "sweep" and shown != set(self.series):
            raise InputError(
                "a sweep shows one series in each convention: write `conventions: {standard: "
                f"{self.series[-1]}}}` or the like, naming every series of `series` and no other"
            )
        if self.figure in ("attractor", "forced", "course") and len(self.series) != 1:
            raise InputError(
                f"the figure {self.figure} shows one series; make an experiment for each"
            )
        return self


class OwnSeries(Strict):
    """What every series gets that no experiment names: its own sweep, attractor and gradients."""

    cells: Annotated[list[str], Field(min_length=1)]
    forcings: Annotated[list[str], Field(min_length=1)]


class Config(Strict):
    """The whole of ``config.yaml``."""

    results: Annotated[str, Field(description="folder of everything made; one a scale")]
    seed: Annotated[int, Field(ge=0)]
    series: Annotated[
        dict[Name, Annotated[AnySeries, Field(discriminator="kind")]],
        Overlaid,
    ]
    exponents: Exponents
    training: Training
    free_runs: FreeRuns
    measures: Measures
    gradients: Gradients
    experiments: Annotated[dict[FigureName, Experiment], Overlaid]
    own_series: OwnSeries


def parse(values: Mapping[str, Any]) -> Config:
    """The typed form of ``values``, as read from YAML.

    Raises
    ------
    InputError : one line for the first key that is unknown, missing or out of range.
    """
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise InputError(_one_line(error)) from error


def schema() -> str:
    """The JSON schema of ``config.yaml`` as YAML text."""
    head = "# Generated from src/chaoslearn/config.py by `make schema`; do not edit.\n"
    return head + str(yaml.safe_dump(Config.model_json_schema(), sort_keys=False, width=100))


def read(*paths: str | Path) -> Config:
    """The typed configuration in a YAML file, with others laid over it as Snakemake does."""
    values: dict[str, Any] = {}
    for path in paths:
        update_config(values, yaml.safe_load(Path(path).read_text()))
    return parse(values)


def _one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    place = first["loc"]
    # Below a series' name pydantic puts its kind, which is no key of the file.
    place = place[:2] + place[3:] if place[0] == "series" else place
    where = ".".join(map(str, place))
    value = first["input"]
    told = f", got {value!r}" if isinstance(value, str | int | float) else ""
    advice = ""
    if first["type"] == "extra_forbidden":
        return f"config: {where}: unknown key; remove it or correct its spelling"
    if isinstance(value, str) and "e" in value.lower() and first["type"].startswith("float"):
        advice = "; YAML reads 1e-3 as text: write 1.0e-3"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"config: {where}: {first['msg'].removeprefix('Value error, ')}{told}{advice}{more}"


if __name__ == "__main__":
    print(schema(), end="")
