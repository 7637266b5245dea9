"""D_stsp by Gaussian mixtures: for series of more components than a histogram can hold.

Each series becomes p(x) = 1/T Σ_t N(x; x_t, s² I); the Kullback-Leibler divergence of the two
is estimated by Monte Carlo (Koppe et al., PLoS Comput. Biol. 2019,
doi:10.1371/journal.pcbi.1007263; Hershey & Olsen 2007, doi:10.1109/ICASSP.2007.366913).
"""

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp

from chaoslearn.errors import InputError
from chaoslearn.measures.inputs import Series, paired_series

PUBLISHED_VARIANCE = 0.1
STANDARD_VARIANCES = (0.1, 1.0)
"""The first resolves finer; the second has the lower floor and stands as D_stsp."""
CENTRES = 5000
SAMPLES = 1000


def divergence_mixture(
    true: npt.ArrayLike,
    generated: npt.ArrayLike,
    variance: float,
    samples: int,
    generator: np.random.Generator,
) -> float:
    """KL(true ‖ generated) of the two Gaussian mixtures, samples drawn from the first.

    Args:
        true: centres of the first mixture, `(time, component)`.
        generated: centres of the second, `(time, component)`, in the same units.
        variance: s² of each Gaussian, in squared units of the series.
        samples: Monte Carlo samples.
        generator: source of the samples.

    Returns:
        mean over samples x of ln p(x) − ln q(x), in nats (it scatters around a value >= 0); nan
        where the run is not finite: a failure to be counted, not averaged.

    Raises:
        InputError: variance or samples is not positive; see also `paired_series`.
    """
    true, generated = paired_series(true, generated)
    if not variance > 0 or samples < 1:
        raise InputError(
            f"mixture: variance {variance} and samples {samples} must both be positive"
        )
    if not np.isfinite(generated).all():
        return float("nan")
    drawn = _draw(true, variance, samples, generator)
    # Both densities have the same normalising constant: it cancels.
    return float(
        np.mean(_log_density(drawn, true, variance) - _log_density(drawn, generated, variance))
    )


def divergence_mixture_standard(
    true: npt.ArrayLike,
    generated: npt.ArrayLike,
    variance: float,
    generator: np.random.Generator,
) -> float:
    """D_stsp with components z-scored by the true series, KL(true ‖ generated).

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`.
        variance: s² in units of each component's variance.
        generator: source of the Monte Carlo samples.

    Returns:
        The divergence in nats, from 5000 centres spread evenly over each series; nan as in
        `divergence_mixture`.

    Raises:
        InputError: a component of the true series is constant; see also `paired_series`.
    """
    true, generated = paired_series(true, generated)
    mean, scale = true.mean(axis=0), true.std(axis=0)
    if not scale.all():
        raise InputError(
            f"true series: component {int(np.argmin(scale))} is constant and cannot be z-scored; "
            "leave it out"
        )
    centres = (_spread(true) - mean) / scale
    others = (_spread(generated) - mean) / scale
    return divergence_mixture(centres, others, variance, SAMPLES, generator)


def divergence_mixture_published(
    true: npt.ArrayLike, generated: npt.ArrayLike, generator: np.random.Generator
) -> float:
    """D_stsp as published: s² = 0.1, the first 5000 samples of each, drawn from the generated.

    Sampling from the generated side makes it KL(generated ‖ true), the other way round than the
    published measure by bins.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`.
        generator: source of the Monte Carlo samples.

    Returns:
        The divergence in nats; nan where the run is not finite.

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = paired_series(true, generated)
    if not np.isfinite(generated).all():
        return float("nan")
    return divergence_mixture(
        generated[:CENTRES], true[:CENTRES], PUBLISHED_VARIANCE, SAMPLES, generator
    )


def _spread(series: Series) -> Series:
    """At most `CENTRES` samples, evenly spread over the whole series."""
    index = np.linspace(0, len(series) - 1, min(CENTRES, len(series))).round().astype(int)
    return np.asarray(series[index])


def _draw(centres: Series, variance: float, samples: int, generator: np.random.Generator) -> Series:
    chosen = centres[generator.integers(len(centres), size=samples)]
    return np.asarray(chosen + np.sqrt(variance) * generator.standard_normal(chosen.shape))


def _log_density(points: Series, centres: Series, variance: float) -> Series:
    """ln p at each point `(point,)`, up to the constant both mixtures share."""
    # |x − c|² = |x|² − 2 x·c + |c|² turns the distances into one matrix product; measuring
    # from the points' mean keeps the cancellation harmless.
    origin = points.mean(axis=0)
    x, c = points - origin, centres - origin
    squared = np.sum(x**2, axis=1)[:, None] - 2 * x @ c.T + np.sum(c**2, axis=1)
    density: Series = logsumexp(-squared / (2 * variance), axis=1) - np.log(len(centres))
    return density
