"""The part of the configuration that says how far gradients are followed, and in which regimes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chaoslearn.config_types import Count, Strict

Regime = Literal["fixed-point", "cycle", "torus", "chaos"]


class Gradients(Strict):
    """How far gradients are followed."""

    starts: Annotated[int, Field(ge=2)]
    jacobian_steps: Annotated[Count, Field(description="T for the Jacobian's norm")]
    parameter_steps: Annotated[Count, Field(description="T for the gradients' norms")]
    course_steps: Annotated[Count, Field(description="T for norms in the course of a training")]
    segments: Annotated[Count, Field(description="forced stretches of held-out data")]
    link: Annotated[
        list[str] | None,
        Field(description="experiments whose nets stand in figure `link`; all if not given"),
    ] = None

    @property
    def extent(self) -> dict[str, int]:
        """How far single nets are traced."""
        return self.model_dump(include={"starts", "jacobian_steps", "parameter_steps"})
