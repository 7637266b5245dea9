"""How tightly growth rates follow exponents: a line through nets, with its bootstrap interval."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError

Array = npt.NDArray[np.float64]

RESAMPLES = 2000
FEWEST = 3


@dataclass(frozen=True)
class Line:
    """Growth rate = `intercept` + `slope` · exponent; with 95 % intervals `(2,)` over nets."""

    slope: float
    slope_interval: tuple[float, float]
    intercept: float
    intercept_interval: tuple[float, float]


def line_through(exponents: Array, rates: Array, generator: np.random.Generator) -> Line:
    """Regress `rates` `(net,)` on `exponents` `(net,)`; nets are drawn anew for the interval.

    Efron (1979), bootstrap of pairs, doi:10.1214/aos/1176344552.

    Raises:
        InputError: fewer than three nets.
    """
    if len(exponents) < FEWEST:
        raise InputError(f"a line needs {FEWEST} nets or more, not {len(exponents)}: trace more")
    slope, intercept = _least_squares(exponents[None], rates[None])
    drawn = generator.integers(0, len(exponents), (RESAMPLES, len(exponents)))
    slopes, intercepts = _least_squares(exponents[drawn], rates[drawn])
    return Line(float(slope[0]), _interval(slopes), float(intercept[0]), _interval(intercepts))


def _least_squares(x: Array, y: Array) -> tuple[Array, Array]:
    """Slope and intercept of each row; NaN where a draw holds one net only."""
    centred = x - x.mean(axis=1, keepdims=True)
    # Compared, since the mean of equal numbers may differ from them by rounding.
    spread = np.where((x == x[:, :1]).all(axis=1), np.nan, (centred**2).sum(axis=1))
    slope = (centred * y).sum(axis=1) / spread
    return slope, y.mean(axis=1) - slope * x.mean(axis=1)


def _interval(values: Array) -> tuple[float, float]:
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)
