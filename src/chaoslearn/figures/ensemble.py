"""What a figure shows of an ensemble: its median, its spread, its members, its failures."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr


@dataclass(frozen=True)
class EnsembleSummary:
    """One measure over the members of one ensemble.

    Attributes:
        values: `(member,)` of the members that did not fail.
        failed_values: `(member,)` of failed members that have a value all the same (a free run
            that stands still can be scored).
        failed: number of failed members, with or without a value.
        median: over all members, one without a value ranked as worst; infinite if half of them
            or more have none.
        deviation: median absolute deviation from the median, not rescaled.
    """

    values: npt.NDArray[np.float64]
    failed_values: npt.NDArray[np.float64]
    failed: int
    median: float
    deviation: float

    @property
    def members(self) -> int:
        """Number of all members."""
        return len(self.values) + self.failed


def summarise(measure: xr.DataArray, failed: xr.DataArray) -> EnsembleSummary:
    """Median and MAD of a measure; a failed member is counted, never left out.

    Args:
        measure: values, `(member,)`, lower is better; a member without a finite one has failed.
        failed: whether the member failed, in training or on its own, `(member,)`.
    """
    values = np.asarray(measure.values, dtype=np.float64)
    valued = np.isfinite(values)
    failing = failed.values.astype(bool) | ~valued
    ranked = np.where(valued, values, np.inf)
    median = float(np.median(ranked))
    return EnsembleSummary(
        values=values[~failing],
        failed_values=values[failing & valued],
        failed=int(failing.sum()),
        median=median,
        deviation=float(np.median(np.abs(ranked - median))) if np.isfinite(median) else np.inf,
    )


def median_member(measure: xr.DataArray) -> int:
    """Position along `member` of the middle one in rank; without a value it ranks as worst."""
    ranked = np.where(np.isfinite(measure.values), measure.values, np.inf)
    order = np.argsort(ranked, kind="stable")
    return int(order[(len(order) - 1) // 2])
