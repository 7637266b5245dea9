"""What an experiment may say in ``config.yaml``: its series, cells and forcings, and its figure."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, field_validator, model_validator

from chaoslearn import forcing, provenance
from chaoslearn.config_gradients import Regime
from chaoslearn.config_types import Count, Name, Overlaid, Positive, Strict
from chaoslearn.errors import InputError, named
from chaoslearn.published import points


def _known_cells(value: list[str]) -> list[str]:
    for cell in value:
        provenance.require_cell(cell)
        if "." in cell:
            _require_sound(cell)
    return value


def _require_sound(cell: str) -> None:
    """Load a cell of the user's own, so that its mistakes are told before any job begins."""
    from chaoslearn import cells  # takes a while, and most configs name none

    try:
        cells.load(cell)
    except InputError:
        raise
    except Exception as error:  # whatever a user's module raises
        raise InputError(f"cell {cell}: {named(error)}; correct it") from error


def _known_forcings(value: list[str]) -> list[str]:
    for identifier in value:
        forcing.load(forcing.resolve(identifier, 1.0))
    return value


Cells = Annotated[list[str], Field(min_length=1), AfterValidator(_known_cells)]
Forcings = Annotated[list[str], Field(min_length=1), AfterValidator(_known_forcings)]


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


class Experiment(Strict):
    """A set of series × cells × forcings that answers one question, and the figure showing it."""

    figure: Literal["sweep", "attractor", "gradients", "theorems", "forced", "course"]
    series: Annotated[list[str], Field(min_length=1)]
    cells: Cells
    forcings: Forcings
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
        if self.figure == "theorems" and len(self.forcings) != 1:
            raise InputError("the figure theorems shows one forcing; make an experiment for each")
        if self.figure in ("attractor", "forced", "course") and len(self.series) != 1:
            raise InputError(
                f"the figure {self.figure} shows one series; make an experiment for each"
            )
        return self


class OwnSeries(Strict):
    """What every series gets that no experiment names: its own sweep, attractor and gradients."""

    cells: Cells
    forcings: Forcings
