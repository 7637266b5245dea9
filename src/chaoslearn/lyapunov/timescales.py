"""Time scales of a series, in samples: how long it remembers, and how long it takes to turn."""

import numpy as np
import numpy.typing as npt

from chaoslearn.series.automatic_embedding import automatic_lag

Array = npt.NDArray[np.float64]


def automatic_delay(series: Array) -> int:
    """Embedding lag of a series `(time, component)`: the median over its components."""
    return int(np.median([automatic_lag(component) for component in series.T]))


def mean_period(series: Array) -> int:
    """Mean period of the slowest component of a series `(time, component)`.

    The mean period is 1 / mean frequency of the power spectrum, which Rosenstein et al. (1993)
    recommend as Theiler window.
    """
    power = np.abs(np.fft.rfft(series - series.mean(axis=0), axis=0)) ** 2
    mean_frequency = np.fft.rfftfreq(len(series)) @ power / power.sum(axis=0)
    return int(np.ceil(1 / mean_frequency.min()))
