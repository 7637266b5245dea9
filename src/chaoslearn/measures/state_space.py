"""D_stsp by bins: how far the generated attractor's occupation of state space is from the true.

Kullback-Leibler divergence of two histograms, for up to about five components; more than that
asks for `mixture.py`. Two conventions: *standard* and *published* (Mikhaeil, Monfared &
Durstewitz, NeurIPS 2022, arXiv:2110.07238; after Koppe et al., PLoS Comput. Biol. 2019,
doi:10.1371/journal.pcbi.1007263).
"""

import numpy as np
import numpy.typing as npt

from chaoslearn.measures.inputs import Series, lies_inside, paired_series, surrounding_box

PSEUDO_COUNT = 1e-5
"""ε, added to each bin so that a bin the model never visits costs a finite amount."""

PUBLISHED_BINS = 10
PUBLISHED_HALF_WIDTH = 2.0


def divergence_bins_standard(
    true: npt.ArrayLike, generated: npt.ArrayLike, bins: int = 30
) -> tuple[float, float]:
    """D_stsp over the range of the true series; samples outside share one extra bin.

    Each component's range, widened by 0.1 standard deviations at either end, is cut into `bins`
    equal bins. D = Σ p_true ln(p_true / p_generated), p = (n + ε) / (Σn + ε · number of bins).

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`, in the same units.
        bins: bins per component.

    Returns:
        The divergence (nats, >= 0) and the fraction of generated samples outside the range.
        A run that is not finite gives `(nan, nan)`; one wholly outside `(nan, 1.0)`: both are
        failures to be counted, not averaged.

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = paired_series(true, generated)
    outside = fraction_outside(true, generated)
    if np.isnan(outside) or outside == 1.0:
        return float("nan"), outside
    low, high = surrounding_box(true)
    # A component that never moves in truth has no width: all its samples share bin 0.
    width = np.where(high > low, high - low, 1.0)
    extra = bins ** true.shape[1]

    def cells(series: Series) -> npt.NDArray[np.int64]:
        inside = lies_inside(true, series)
        position = (series[inside] - low) / width * bins
        flat = np.full(len(series), extra, dtype=np.int64)
        flat[inside] = _flat_cells(np.minimum(position, bins - 1), bins)
        return flat

    return _divergence(cells(true), cells(generated), extra + 1), outside


def fraction_outside(true: npt.ArrayLike, generated: npt.ArrayLike) -> float:
    """Fraction of a free run outside the true range widened by 0.1 standard deviations.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`, in the same units.

    Returns:
        The fraction, in [0, 1]; nan where the run is not finite.

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = paired_series(true, generated)
    if not np.isfinite(generated).all():
        return float("nan")
    return 1.0 - float(np.mean(lies_inside(true, generated)))


def divergence_bins_published(true: npt.ArrayLike, generated: npt.ArrayLike) -> float:
    """D_stsp as the paper's released code takes it, with its quirks.

    Ten bins a component over ±2 standard deviations (ddof 1) around zero, not around the mean.
    The index is truncated towards zero, and bin 0 is dropped together with all samples outside,
    so that about one third of the published Lorenz series is scored. D = KL(true ‖ generated).

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`, in the same units.

    Returns:
        The divergence (nats), nan where the run is not finite or no sample of either series is
        scored: a failure to be counted, not averaged.

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = paired_series(true, generated)
    half_width = PUBLISHED_HALF_WIDTH * true.std(axis=0, ddof=1)
    if not np.isfinite(generated).all() or not half_width.all():
        return float("nan")

    def cells(series: Series) -> npt.NDArray[np.int64]:
        position = np.trunc(PUBLISHED_BINS * (series + half_width) / (2 * half_width))
        scored = ((position > 0) & (position < PUBLISHED_BINS)).all(axis=1)
        return _flat_cells(position[scored], PUBLISHED_BINS)

    true_cells, generated_cells = cells(true), cells(generated)
    if not true_cells.size or not generated_cells.size:
        return float("nan")
    return _divergence(true_cells, generated_cells, PUBLISHED_BINS ** true.shape[1])


def _flat_cells(position: Series, bins: int) -> npt.NDArray[np.int64]:
    """One number a sample for its `(component,)` bin numbers."""
    weights = bins ** np.arange(position.shape[1], dtype=np.int64)
    flat: npt.NDArray[np.int64] = position.astype(np.int64) @ weights
    return flat


def _divergence(
    true_cells: npt.NDArray[np.int64], generated_cells: npt.NDArray[np.int64], cells: int
) -> float:
    """KL divergence of two histograms over `cells` cells, from the occupied cells alone.

    A cell that neither series visits contributes the same amount each time, so that the many
    empty ones (30⁵ cells, 10⁵ samples) are counted instead of stored.
    """
    occupied, index = np.unique(np.concatenate([true_cells, generated_cells]), return_inverse=True)
    true_count = np.bincount(index[: len(true_cells)], minlength=len(occupied))
    generated_count = np.bincount(index[len(true_cells) :], minlength=len(occupied))
    true_total = len(true_cells) + PSEUDO_COUNT * cells
    generated_total = len(generated_cells) + PSEUDO_COUNT * cells
    p = (true_count + PSEUDO_COUNT) / true_total
    q = (generated_count + PSEUDO_COUNT) / generated_total
    empty = (cells - len(occupied)) * PSEUDO_COUNT / true_total
    return float(np.sum(p * np.log(p / q)) + empty * np.log(generated_total / true_total))
