"""The two measures of the paper's figures at once, in one convention, and why a run failed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chaoslearn.measures import mixture, spectrum, state_space
from chaoslearn.measures.convention import Convention
from chaoslearn.measures.inputs import Series, failure, paired_series

MOST_BINNED_COMPONENTS = 5
"""Beyond this a histogram is empty nearly everywhere, and the Gaussian mixture takes over."""


@dataclass(frozen=True)
class Reconstruction:
    """How good one free run is.

    Attributes:
        state_space_divergence: D_stsp in nats; nan where it cannot be had.
        spectrum_distance: D_H; nan where it cannot be had.
        fraction_outside: of the samples, outside the true series' range; nan for a diverged run.
        failure: "" or "diverged", "constant", "outside" (see `inputs.failure`), or
            "training diverged".
    """

    state_space_divergence: float
    spectrum_distance: float
    fraction_outside: float
    failure: str

    @classmethod
    def without_values(cls, failure: str) -> "Reconstruction":
        """Of a net that cannot be scored: every measure is nan."""
        return cls(float("nan"), float("nan"), float("nan"), failure)


def measure_reconstruction(
    true: npt.ArrayLike,
    generated: npt.ArrayLike,
    convention: Convention,
    generator: np.random.Generator,
    length: int | None = None,
) -> Reconstruction:
    """D_stsp (bins up to five components, else mixture) and D_H of one free run.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`.
        convention: "published" (the paper's, with its quirks) or "standard".
        generator: source of the mixture's Monte Carlo samples; unused by bins.
        length: so many samples of each, from the first, are compared; all of them by default.
            Measures fall with length, so that only those of equal lengths (a run's and the
            floor's) can stand side by side. A run that fails anywhere has failed.

    Raises:
        InputError: see `paired_series` and the single measures.
    """
    true, generated = paired_series(true, generated)
    whole_run = failure(true, generated)
    if whole_run == "diverged":
        return Reconstruction.without_values(whole_run)
    true, generated = true[:length], generated[:length]
    distance = (
        spectrum.distance_published if convention == "published" else spectrum.distance_standard
    )
    return Reconstruction(
        state_space_divergence=_state_space_divergence(true, generated, convention, generator),
        spectrum_distance=distance(true, generated),
        fraction_outside=state_space.fraction_outside(true, generated),
        failure=whole_run or failure(true, generated),
    )


def _state_space_divergence(
    true: Series, generated: Series, convention: Convention, generator: np.random.Generator
) -> float:
    if true.shape[1] <= MOST_BINNED_COMPONENTS:
        if convention == "published":
            return state_space.divergence_bins_published(true, generated)
        return state_space.divergence_bins_standard(true, generated)[0]
    if convention == "published":
        return mixture.divergence_mixture_published(true, generated, generator)
    return mixture.divergence_mixture_standard(true, generated, generator)
