"""One member of an ensemble, in float64."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def one_member(
    weights: Mapping[str, NDArray[np.floating]], member: int
) -> dict[str, NDArray[np.float64]]:
    """Take one member's weights out of an ensemble, in float64 and with `member` of size 1."""
    return {name: array[member : member + 1].astype(np.float64) for name, array in weights.items()}
