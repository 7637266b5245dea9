"""tanh and the logistic function, from arithmetic that vectorises.

Lambert's continued fraction tanh u = u/(1 + u²/(3 + u²/(5 + …))), cut after u²/7, is the quotient
of p = u·(105 + 10u²) and q = 105 + 45u² + u⁴. Doubling the argument,

    tanh 2u = 2·tanh u / (1 + tanh² u) = 2pq / (p² + q²),

needs no division and shrinks the relative error, most where it is largest. Two doublings of u = x/4
give tanh x to 7e-8 relative for every x; rounding in float32 adds 3e-7.
(J. H. Lambert, Mém. Acad. Berlin 17, 1768; DLMF 4.39.1.)
"""

import numpy as np

from chaoslearn.training.kernels.compilation import compiled

# float32 constants, since a plain literal would turn the arithmetic into float64.
_QUARTER = np.float32(0.25)
_HALF = np.float32(0.5)
_TWO = np.float32(2)
_TEN = np.float32(10)
_45 = np.float32(45)
_105 = np.float32(105)
# tanh of more than this is 1 in float32.
_SATURATION = np.float32(9.1)


@compiled
def _convergent(u: np.float32) -> tuple[np.float32, np.float32]:
    """Return (p, q) with tanh u ≈ p/q, for |u| ≤ 2.3."""
    square = u * u
    return u * (_TEN * square + _105), (square + _45) * square + _105


@compiled
def _clamp(x: np.float32, bound: np.float32) -> np.float32:
    """Return x held within ±bound; NaN stays NaN."""
    if x > bound:
        return bound
    return -bound if x < -bound else x


@compiled
def tanh(x: np.float32) -> np.float32:
    """Return tanh x, to 4e-7 relative."""
    p, q = _convergent(_QUARTER * _clamp(x, _SATURATION))
    p, q = _TWO * p * q, p * p + q * q
    return _TWO * p * q / (p * p + q * q)


@compiled
def sigmoid(x: np.float32) -> np.float32:
    """Return 1/(1 + exp(−x)) = (1 + tanh(x/2))/2, to 2e-7 absolute."""
    p, q = _convergent(_QUARTER * _clamp(_HALF * x, _SATURATION))
    p, q = _TWO * p * q, p * p + q * q
    total = p + q
    return _HALF * total * total / (p * p + q * q)
