"""What the stages above an exponents file take from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray


@dataclass(frozen=True)
class TrueExponents:
    """What is known of the system behind a series.

    Attributes
    ----------
    largest : per unit of time, where it is positive beyond doubt; else NaN.
    spectrum : ``(index,)``, descending, per unit of time; as many as are known.
    dimension : Kaplan-Yorke dimension, or NaN.
    """

    largest: float
    spectrum: NDArray[np.float64]
    dimension: float


def true_exponents(dataset: xr.Dataset) -> TrueExponents:
    """What an exponents file knows of the system: from the equations or, without any, from data.

    A largest exponent that may be zero has no finite predictability time and is not taken as one.
    """
    largest = float(dataset["largest_exponent"])
    chaotic = math.isfinite(float(dataset["predictability_time"]))
    return TrueExponents(
        largest=largest if chaotic else math.nan,
        spectrum=dataset["exponent"].values if "exponent" in dataset else np.array([largest]),
        dimension=float(dataset.get("kaplan_yorke_dimension", math.nan)),
    )
