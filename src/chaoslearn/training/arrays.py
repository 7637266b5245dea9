"""Between numpy, in which nets come and go, and the library that trains them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.arithmetic import library
from chaoslearn.cells.cell import AnyArray


def like(series: AnyArray, values: NDArray[Any]) -> AnyArray:
    """A copy of ``values`` where ``series`` is: library, device and, of floats, precision."""
    if isinstance(series, np.ndarray):
        return values.astype(series.dtype if values.dtype.kind == "f" else values.dtype)
    dtype = series.dtype if values.dtype.kind == "f" else None
    return library(series).tensor(values, dtype=dtype, device=series.device)


def on_host(values: AnyArray) -> NDArray[Any]:
    """As numpy; on a processor the same memory."""
    return values if isinstance(values, np.ndarray) else values.cpu().numpy()
