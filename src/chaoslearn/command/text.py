"""Numbers and curves as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

LEVELS = "▁▂▃▄▅▆▇█"
WIDTH = 48
"""Letters of a curve."""


def number(value: float) -> str:
    """Three digits; a dash where there is none."""
    return "-" if np.isnan(value) else f"{value:.3g}"


def between(bounds: npt.ArrayLike) -> str:
    """An interval ``(bound,)``."""
    low, high = np.asarray(bounds, np.float64)
    return f"[{number(low)}, {number(high)}]"


def sparkline(values: npt.ArrayLike) -> str:
    """A curve ``(time,)`` as one line, from its lowest to its highest value.

    A long one is shown at even distances; what is not finite leaves a gap.
    """
    curve = np.asarray(values, np.float64)
    if len(curve) > WIDTH:
        curve = curve[np.linspace(0, len(curve) - 1, WIDTH).astype(int)]
    known = np.isfinite(curve)
    if not known.any():
        return ""
    low, high = curve[known].min(), curve[known].max()
    scale = (len(LEVELS) - 1) / (high - low) if high > low else 0.0
    return "".join(
        LEVELS[round((value - low) * scale)] if finite else " "
        for value, finite in zip(curve, known, strict=True)
    )


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of equally many cells as lines with columns below each other."""
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
