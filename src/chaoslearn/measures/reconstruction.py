"""The measures of a free run against the true series, in one convention, and why it failed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chaoslearn.measures import mixture, spectrum, state_space
from chaoslearn.measures.convention import Convention
from chaoslearn.measures.inputs import Series, failure, paired_series

MOST_BINNED_COMPONENTS = 5
"""Beyond this a histogram is empty nearly everywhere, and the Gaussian mixture takes over."""

UNKNOWN_DIVERGENCES = (float("nan"),) * len(mixture.STANDARD_VARIANCES)


@dataclass(frozen=True)
class Reconstruction:
    """How good one free run is.

    Attributes:
        state_space_divergence: D_stsp in nats; nan where it cannot be had.
        mixture_divergences: D_stsp by Gaussian mixtures, for each of `STANDARD_VARIANCES`; nan
            in the published convention, and where bins serve.
        spectrum_distance: D_H; nan where it cannot be had.
        spectrum_correlation: PSC; nan where it cannot be had.
        fraction_outside: of the samples, outside the true series' range; nan for a diverged run.
        failure: "" or "diverged", "constant", "outside" (see `inputs.failure`), or
            "training diverged".
    """

    state_space_divergence: float
    mixture_divergences: tuple[float, ...]
    spectrum_distance: float
    spectrum_correlation: float
    fraction_outside: float
    failure: str

    @classmethod
    def without_values(cls, failure: str) -> "Reconstruction":
        """Of a net that cannot be scored: every measure is nan."""
        nan = float("nan")
        return cls(nan, UNKNOWN_DIVERGENCES, nan, nan, nan, failure)


def measure_reconstruction(
    true: npt.ArrayLike,
    generated: npt.ArrayLike,
    convention: Convention,
    generator: np.random.Generator,
    length: int | None = None,
) -> Reconstruction:
    """D_stsp (bins up to five components, else mixture), D_H and PSC of one free run.

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
    published = convention == "published"
    distance = spectrum.distance_published if published else spectrum.distance_standard
    correlation = spectrum.correlation_published if published else spectrum.correlation
    divergence, by_mixture = _state_space_divergence(true, generated, convention, generator)
    return Reconstruction(
        state_space_divergence=divergence,
        mixture_divergences=by_mixture,
        spectrum_distance=distance(true, generated),
        spectrum_correlation=correlation(true, generated),
        fraction_outside=state_space.fraction_outside(true, generated),
        failure=whole_run or failure(true, generated),
    )


def _state_space_divergence(
    true: Series, generated: Series, convention: Convention, generator: np.random.Generator
) -> tuple[float, tuple[float, ...]]:
    """D_stsp, and that by mixtures for each of the standard variances."""
    binned = true.shape[1] <= MOST_BINNED_COMPONENTS
    if convention == "published":
        divergence = (
            state_space.divergence_bins_published(true, generated)
            if binned
            else mixture.divergence_mixture_published(true, generated, generator)
        )
        return divergence, UNKNOWN_DIVERGENCES
    if binned:
        return state_space.divergence_bins_standard(true, generated)[0], UNKNOWN_DIVERGENCES
    by_mixture = tuple(
        mixture.divergence_mixture_standard(true, generated, variance, generator)
        for variance in mixture.STANDARD_VARIANCES
    )
    return by_mixture[-1], by_mixture
