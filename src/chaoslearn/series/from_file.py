"""A series of the user's own, from a file, with everything checked that would fail later."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.series.tables import Table, is_number, read_table

Array = NDArray[np.float64]

# Time stamps are rounded when they are written: a gap may be off by this part of the usual one.
UNEVEN = 0.01
# So many rows in rising or falling order are no chance: of independent values, once in two million.
ORDERED_ROWS = 10


class FileSeries(NamedTuple):
    """A series `(time, component)`, the names of its components and its sampling step."""

    series: Array
    components: tuple[str, ...]
    step: float


def read_series(
    path: str,
    *,
    columns: Sequence[str] | None = None,
    step: float | None = None,
    time_column: str | None = None,
    fewest_samples: int = 2,
) -> FileSeries:
    """The named `columns` of a csv, npy or netCDF file, sampled every `step`.

    csv: cells apart by comma, semicolon or tab, names in the first line. npy: `(time,)` or
    `(time, component)`, the columns are named column_0, column_1 and so on. netCDF: the variables
    along the longest dimension. `columns` None takes all but the `time_column`, those that rise
    evenly, as time stamps and counts do, and coordinates of netCDF. Either `step` is given or
    `time_column`, whose numbers then give it, in their unit.

    Raises `InputError`, naming the file and where it can the row and column, for a missing or
    unreadable file, an unknown column, a cell that is not a finite number, a constant column,
    uneven time stamps, fewer than `fewest_samples` samples, where the step is not known, and with
    `columns` None where it is not clear what was observed.
    """
    _check_step(path, step, time_column)
    table = read_table(path)
    if len(table.rows) < fewest_samples:
        raise InputError(
            f"{path} has {len(table.rows)} samples where {fewest_samples} are needed; give a "
            "longer series"
        )
    _require_known(table, [*(columns or ()), *([] if time_column is None else [time_column])])
    # Before the columns: a fault of the times may leave none that can be told from them.
    step = step or _even_step(table, str(time_column))
    chosen = [*columns] if columns is not None else _observed(table, time_column)
    _require_distinct(table, chosen)
    series = np.stack([_numbers(table, name) for name in chosen], axis=1)
    for name, constant in zip(chosen, (series == series[0]).all(axis=0), strict=True):
        if constant:
            raise InputError(
                f"{path}, column {name} is constant; there is no dynamics in it, leave it out"
            )
    return FileSeries(series, tuple(chosen), step)


def _check_step(path: str, step: float | None, time_column: str | None) -> None:
    if (step is None) == (time_column is None):
        raise InputError(
            f"{path}: the sampling step is {'missing' if step is None else 'given twice'}; "
            "give either step or time_column"
        )
    if step is not None and not 0 < step < np.inf:
        raise InputError(f"{path}: the sampling step is {step}; give a positive number")


def _require_known(table: Table, names: list[str]) -> None:
    for name in names:
        if name not in table.columns:
            known = ", ".join(table.columns)
            raise InputError(f"{table.path} has no column {name!r}; it has {known}")


def _require_distinct(table: Table, chosen: list[str]) -> None:
    if not chosen:
        known = ", ".join(table.columns)
        raise InputError(f"{table.path}: no column is chosen; name one of {known}")
    for name in chosen:
        if chosen.count(name) > 1:
            raise InputError(f"{table.path}: column {name!r} is chosen twice; name it once")


def _observed(table: Table, time_column: str | None) -> list[str]:
    """All columns but those that tell time.

    Raises `InputError` where one may tell it, and where nothing is left.
    """
    observed = []
    for name in table.columns:
        if name == time_column or _rises_evenly(gaps := _gaps(table.columns[name])):
            continue
        if len(gaps) + 1 >= ORDERED_ROWS and (gaps.min() > 0 or gaps.max() < 0):
            raise InputError(
                f"{table.path}, column {name} looks like time but does not rise evenly; name the "
                "columns to observe, or give it as time_column"
            )
        if name not in table.coordinates:
            observed.append(name)
    if not observed:
        raise InputError(
            f"{table.path}: all it has looks like time ({', '.join(table.columns)}); name the "
            "columns to observe"
        )
    return observed


def _gaps(cells: NDArray[np.str_] | Array) -> Array:
    """From each row to the next; none where a cell is not a number."""
    if cells.dtype.kind == "U" and not all(map(is_number, cells)):
        return np.empty(0)
    # Neighbours may be further apart than any number, and infinities have no distance.
    with np.errstate(over="ignore", invalid="ignore"):
        return np.diff(cells.astype(np.float64))


def _rises_evenly(gaps: Array) -> bool:
    return len(gaps) > 1 and gaps.min() > 0 and not len(_uneven(gaps))


def _uneven(gaps: Array) -> NDArray[np.intp]:
    """Which gaps between rising time stamps differ from the usual one."""
    usual = np.median(gaps)
    return np.flatnonzero(np.abs(gaps - usual) > UNEVEN * usual)


def _numbers(table: Table, name: str) -> Array:
    """The column as finite numbers."""
    cells = table.columns[name]
    if cells.dtype.kind == "U":
        for row, cell in enumerate(cells):
            if not is_number(cell):
                raise InputError(
                    f"{table.where(row, name)}: {str(cell)!r} is not a number; correct it or leave "
                    "the column out"
                )
    numbers = cells.astype(np.float64)
    spoilt = np.flatnonzero(~np.isfinite(numbers))
    if len(spoilt):
        raise InputError(
            f"{table.where(spoilt[0], name)}: {numbers[spoilt[0]]} is not finite (one of "
            f"{len(spoilt)} such cells); fill the gap or cut the series there"
        )
    return numbers


def _even_step(table: Table, time_column: str) -> float:
    """The step of evenly spaced, rising time stamps."""
    times = _numbers(table, time_column)
    gaps = np.diff(times)
    usual = float(np.median(gaps))
    if not usual > 0:
        raise InputError(f"{table.path}, column {time_column}: the times do not rise; sort them")
    uneven = _uneven(gaps)
    if len(uneven):
        row = int(uneven[0])
        raise InputError(
            f"{table.where(row + 1, time_column)}: the time stamps are uneven, {gaps[row]:.6g} "
            f"after the one before where {usual:.6g} is usual; resample the series"
        )
    return float((times[-1] - times[0]) / len(gaps))
