"""Lyapunov spectra: exponents, how sure they are, and what follows from them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.dimension import kaplan_yorke_dimension
from chaoslearn.lyapunov.frames import GrowthRecord

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spectrum:
    """Lyapunov exponents with how sure they are.

    Attributes:
        per_start: (start, index) exponents of each initial condition, largest first.
        convergence: (checkpoint, index) mean over starts as recorded time grows.
        convergence_time: (checkpoint,) that time (time units; steps for maps and nets).
        complete: whether these are all exponents there are.
    """

    per_start: Array
    convergence: Array
    convergence_time: Array
    complete: bool = True

    @property
    def exponent(self) -> Array:
        """(index,) mean over starts; per time unit, for maps and nets per step."""
        return np.asarray(self.per_start.mean(axis=0))

    @property
    def exponent_error(self) -> Array:
        """(index,) standard error over starts; NaN for a single start, which has none."""
        starts = len(self.per_start)
        if starts == 1:
            return np.full(self.per_start.shape[1], np.nan)
        return np.asarray(self.per_start.std(axis=0, ddof=1) / np.sqrt(starts))

    @property
    def resolution(self) -> float:
        """How near to zero the largest exponent is as good as zero, per time unit.

        Along a cycle growth swings and adds up to nothing, but where recording ends it is anywhere
        in its swing; that over the recorded time is left. Starts in step share it, so
        `exponent_error` does not show it. A swing by less than a factor e counts as one by e.
        """
        time = self.convergence_time
        with np.errstate(invalid="ignore"):  # an exponent of −∞ has no swing
            swing = np.ptp((self.convergence[:, 0] - self.exponent[0]) * time)
        return float(np.fmax(1.0, swing) / time[-1])

    @property
    def kaplan_yorke_dimension(self) -> float:
        """Kaplan–Yorke dimension; sums within the resolution count as zero.

        NaN where it is larger than the number of exponents computed.
        """
        return kaplan_yorke_dimension(
            self.exponent, resolution=self.resolution, complete=self.complete
        )


def spectrum_of_record(record: GrowthRecord, *, complete: bool) -> Spectrum:
    """The exponents that recorded growth amounts to, and whether they are all there are.

    Raises InputError where nothing was recorded, in less than a step of a map.
    """
    if not len(record.time):
        raise InputError(
            "spectrum: the duration is shorter than a step, no growth was recorded; give a longer "
            "duration"
        )
    per_checkpoint = record.log_growth / record.time[:, None, None]
    return Spectrum(
        per_start=per_checkpoint[-1],
        convergence=per_checkpoint.mean(axis=1),
        convergence_time=record.time,
        complete=complete,
    )


def require_positive(**values: float) -> None:
    """Raise InputError for the first argument that is not positive."""
    for name, value in values.items():
        if not value > 0:
            raise InputError(f"spectrum: {name} is {value}; give a positive number")
