"""What all parts of the configuration are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
# Names become parts of file names, and a setting's name the end of a forcing's.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
# As figures are called in the paper: fig1a, figClip.
FigureName = Annotated[str, Field(pattern=r"^[a-z][A-Za-z0-9_]*$")]


class Strict(BaseModel):
    """No unknown keys, no silent conversion: ``1e-3``, which YAML reads as text, is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ExponentsChange(Strict):
    """How the exponents of one series are estimated otherwise; keys as in ``exponents``."""

    starts: Annotated[int | None, Field(ge=2)] = None
    duration: Positive | None = None
    transient: Positive | None = None
