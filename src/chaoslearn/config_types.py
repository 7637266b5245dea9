"""What all parts of the configuration are made of."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
# Names become parts of file names, and a setting's name the end of a forcing's.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
# As figures are called in the paper: fig1a, figClip.
FigureName = Annotated[str, Field(pattern=r"^[a-z][A-Za-z0-9_]*$")]


def _without_null(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: entry for name, entry in value.items() if entry is not None}


# A mapping from which a config that is laid over another leaves out what it sets to null.
Overlaid = BeforeValidator(_without_null)


class Strict(BaseModel):
    """No unknown keys, no silent conversion: ``1e-3``, which YAML reads as text, is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ExponentsChange(Strict):
    """How the exponents of one series are estimated otherwise; keys as in ``exponents``."""

    starts: Annotated[int | None, Field(ge=2)] = None
    duration: Positive | None = None
    transient: Positive | None = None
