"""Nearest neighbours in an embedding that are close in space but not in time."""

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

ROUNDING = 1e-10  # distances below this, in standard deviations, are copies, not neighbours
MOST_CANDIDATES = 512  # for each neighbour wanted: a point with more copies has none


def nearest_neighbours(
    points: Array, references: Indices, *, theiler_window: int, count: int, copies: bool = False
) -> tuple[Indices, Indices]:
    """The `count` nearest neighbours of each reference point.

    Args:
        points: (time, dimension) delay vectors, scaled to unit standard deviation.
        references: (reference,) rows of `points` whose neighbours are sought.
        theiler_window: neighbours at most this many samples away in time are passed over,
            for they are close because little time has passed (Theiler 1986,
            doi:10.1103/PhysRevA.34.2427).
        count: neighbours wanted.
        copies: whether exact copies count; else they are passed over, too.

    Returns:
        References that have as many neighbours `(kept,)`, and those `(kept, neighbour)`.
    """
    tree = KDTree(points)
    found = np.full((len(references), count), -1, dtype=np.intp)
    missing = np.arange(len(references))
    candidates = 4 * count
    most = 4 * len(points) if copies else MOST_CANDIDATES * count
    while len(missing) and candidates <= most:
        origin = references[missing]
        distance, candidate = tree.query(points[origin], k=min(candidates, len(points)))
        allowed = np.abs(candidate - origin[:, None]) > theiler_window
        if not copies:
            allowed &= distance > ROUNDING
        enough = allowed.sum(axis=1) >= count
        # A stable sort of "not allowed" puts the allowed first and keeps them by distance.
        order = np.argsort(~allowed[enough], axis=1, kind="stable")[:, :count]
        found[missing[enough]] = np.take_along_axis(candidate[enough], order, axis=1)
        missing = missing[~enough]
        candidates *= 4
    kept = found[:, 0] >= 0
    return references[kept], found[kept]
