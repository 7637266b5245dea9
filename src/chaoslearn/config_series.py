"""The part of the configuration that says where series come from and how they are observed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from chaoslearn import systems
from chaoslearn.config_types import Count, ExponentsChange, Positive, Strict
from chaoslearn.errors import InputError
from chaoslearn.series import published

Share = Annotated[float, Field(gt=0, lt=1, description="held out, from the end")]
Components = Annotated[list[str] | None, Field(description="all if not given")]


class Embedding(Strict):
    """Delay vectors of the one component that is observed; {} chooses lag and dimension itself."""

    dimension: Annotated[Count | None, Field(description="by false neighbours if not given")] = None
    lag: Annotated[
        Count | None,
        Field(
            description="in samples; if not given the first minimum of mutual information, or "
            "where the autocorrelation falls below 1/e if that is earlier"
        ),
    ] = None


class Preprocess(Strict):
    """What is taken out of a raw series, in this order; each step only if it is given."""

    detrend: Annotated[
        int | None, Field(ge=0, description="degree of the polynomial in time taken out")
    ] = None
    seasonal_period: Annotated[
        float | None, Field(ge=2, description="of the mean cycle taken out, in samples")
    ] = None
    smooth: Annotated[
        Positive | None, Field(description="standard deviation of a Gaussian, in samples")
    ] = None


class Series(Strict):
    """How any series is observed: noise, then preprocessing, embedding and standardisation."""

    noise: Annotated[
        float,
        Field(ge=0, allow_inf_nan=False, description="per cent of each component's deviation"),
    ] = 0.0
    preprocess: Preprocess = Preprocess()
    embedding: Embedding | None = None
    standardise: Literal["component", "scalar", "none"] = "component"
    exponents: Annotated[
        ExponentsChange, Field(description="what differs from the study's `exponents`")
    ] = ExponentsChange()

    @property
    def equations(self) -> dict[str, Any] | None:
        """The arguments of ``systems.configured`` for what it obeys; None where not known."""
        return None


class SystemSeries(Series):
    """A series integrated from equations."""

    kind: Literal["system"]
    system: Annotated[str, Field(description="a system's name, or the path of a user's .py file")]
    parameters: Annotated[
        dict[str, Annotated[float, Field(allow_inf_nan=False)]],
        Field(default_factory=dict, description="those that differ from the system's own"),
    ]
    dimension: Annotated[
        Count | None, Field(description="components, of systems of any size (lorenz96)")
    ] = None
    step: Annotated[Positive, Field(description="sampling step, in the system's unit of time")]
    train: Annotated[Count, Field(description="samples to train on, before any embedding")]
    test: Annotated[Count, Field(description="samples held out")]
    transient: Annotated[Positive, Field(description="dropped first, in units of time")] = 100.0
    relative_tolerance: Positive = 1.0e-9
    absolute_tolerance: Positive = 1.0e-9
    components: Components = None

    @field_validator("system")
    @classmethod
    def _known(cls, value: str) -> str:
        systems.load(value)
        return value

    @model_validator(mode="after")
    def _has_these_parameters_and_components(self) -> SystemSeries:
        system = systems.configured(**self.equations)
        unknown = sorted(set(self.components or ()) - set(system.observed_components))
        if unknown:
            known = ", ".join(system.observed_components)
            raise InputError(f"components: {unknown[0]!r} is not observed; there are {known}")
        return self

    @property
    def equations(self) -> dict[str, Any]:
        """The system with its changed parameters and number of components."""
        changed = {"parameters": dict(self.parameters), "dimension": self.dimension}
        return {"system": self.system, **changed}


class FileSeries(Series):
    """A series from a file of the user's: csv, npy or netCDF."""

    kind: Literal["file"]
    path: str
    step: Annotated[Positive | None, Field(description="sampling step; or give time_column")] = None
    time_column: str | None = None
    unit: Annotated[str, Field(description="of time")] = "1"
    columns: Components = None
    test_share: Share = 0.5

    @model_validator(mode="after")
    def _one_source_of_the_step(self) -> FileSeries:
        if (self.step is None) == (self.time_column is None):
            raise InputError("give either `step` or `time_column`, which tells it")
        return self


class PublishedSeries(Series):
    """A series released with the paper, fetched once: {kind: published, name: lorenz}.

    Names: lorenz, roessler, duffing, eeg, temperature. They are used as released, so without
    standardisation unless it is asked for. The environment variable CHAOSLEARN_CACHE names the
    folder they are kept in, flat; put them there on a machine without internet access.
    """

    kind: Literal["published"]
    name: Annotated[str, Field(description="of the released file")]
    components: Components = None
    test_share: Share = 0.5
    standardise: Literal["component", "scalar", "none"] = "none"

    @field_validator("name")
    @classmethod
    def _known(cls, value: str) -> str:
        published.find(value)
        return value

    @property
    def equations(self) -> dict[str, Any] | None:
        """The system the released series was found to obey; None for measured ones."""
        system = published.find(self.name).system
        return None if system is None else {"system": system, "parameters": {}, "dimension": None}
