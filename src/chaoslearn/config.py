"""The configuration: what may stand in ``config.yaml``, typed, with no unknown key anywhere.

``workflow/schemas/config.schema.yaml`` is generated from these classes (``make schema``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError
from snakemake.utils import update_config

from chaoslearn.config_experiments import Experiment, OwnSeries
from chaoslearn.config_gradients import Gradients
from chaoslearn.config_series import FileSeries, PublishedSeries, SystemSeries
from chaoslearn.config_types import Count, FigureName, Name, Overlaid, Positive, Strict
from chaoslearn.errors import InputError, one_line

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


class FreeRuns(Strict):
    """How trained nets are iterated on their own."""

    steps: Count
    transient: Annotated[int, Field(ge=0, description="steps dropped (standard convention)")]


class Measures(Strict):
    """How reconstructions are judged beyond their free run."""

    forecasts: Annotated[Count, Field(description="starts for prediction error and valid time")]
    horizon: Annotated[Positive, Field(description="of forecasts, in Lyapunov times")]
    exponent_steps: Annotated[Count, Field(description="steps along each net's own orbit")]


class Config(Strict):
    """The whole of ``config.yaml``."""

    results: Annotated[
        str,
        Field(pattern=r"^[^{}<>]+$", description="folder of everything made; one a scale"),
    ]
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
    """The typed configuration in a YAML file, with others laid over it as Snakemake does.

    Raises
    ------
    InputError : a file is missing or no YAML mapping; see also `parse`.
    """
    values: dict[str, Any] = {}
    for path in paths:
        update_config(values, _mapping(path))
    return parse(values)


def _mapping(path: str | Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            f"config {path}: cannot be read ({one_line(error)}); correct it"
        ) from error
    if not isinstance(found, dict):
        raise InputError(f"config {path}: holds no keys; write `key: value` lines")
    return found


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
