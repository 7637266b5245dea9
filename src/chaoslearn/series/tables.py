"""Tables of numbers in files: csv, npy and netCDF, read into named columns with labelled rows."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray
from numpy.typing import NDArray

from chaoslearn.errors import InputError, one_line

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """The columns of a file as they stand there, `(row,)` each: text from csv, else numbers.

    `rows` says where each row stands: its line in a csv file, its index from 0 in others.
    `coordinates` are the columns that give the places along a dimension of a netCDF file.
    """

    path: str
    columns: Mapping[str, NDArray[np.str_] | Array]
    rows: NDArray[np.intp]
    row_word: str
    coordinates: frozenset[str] = frozenset()

    def where(self, row: int, column: str) -> str:
        """This cell in words: file, row and column."""
        return f"{self.path}, {self.row_word} {self.rows[row]}, column {column}"


def read_table(path: str) -> Table:
    """The table in a file ending in .csv, .npy or .nc.

    Raises `InputError` for a file that is missing, has another ending or cannot be read.
    """
    if not os.path.isfile(path):  # Path.is_file raises where a folder may not be entered
        raise InputError(f"{path} does not exist; check the path")
    readers = {".csv": _read_csv, ".npy": _read_npy, ".nc": _read_netcdf}
    ending = Path(path).suffix
    if ending not in readers:
        raise InputError(
            f"{path} ends in {ending or 'nothing'}; give a file ending in " + ", ".join(readers)
        )
    return readers[ending](path)


def _read_csv(path: str) -> Table:
    """Cells apart by comma, semicolon or tab; names in the first line, or none if it is numbers."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not text in UTF-8 ({error.reason}); save it so") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); make it readable") from error
    numbered = [
        (number, line)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not numbered:
        raise InputError(f"{path} is empty; give a file with a line a sample")
    first = numbered[0][1]
    delimiter = max(",;\t", key=first.count)
    cells = _cells(path, numbered, delimiter)
    lines = [number for number, _ in numbered]
    names = _names(path, lines[0], cells[0])
    if names is None:
        names = [f"column_{index}" for index in range(len(cells[0]))]
    else:
        cells, lines = cells[1:], lines[1:]
    _refuse_repeated(path, names)
    _refuse_ragged(path, names, cells, lines)
    columns = {
        name: np.array([row[index].strip() for row in cells], dtype=np.str_)
        for index, name in enumerate(names)
    }
    return Table(path, columns, np.array(lines, dtype=np.intp), "line")


def _cells(path: str, numbered: list[tuple[int, str]], delimiter: str) -> list[list[str]]:
    """The cells of each numbered line."""
    reader = csv.reader((line for _, line in numbered), delimiter=delimiter, strict=True)
    cells: list[list[str]] = []
    try:
        for row in reader:
            # An open quote takes in the lines after it, up to the next quote.
            if reader.line_num != len(cells) + 1:
                raise csv.Error("it is not closed in its line")
            cells.append(row)
    except csv.Error as error:
        line = numbered[len(cells)][0]
        raise InputError(
            f"{path}, line {line}: a quote cannot be read ({error}); correct it"
        ) from error
    return cells


def _names(path: str, line: int, first: Sequence[str]) -> list[str] | None:
    """The first line as column names, or None where all of it is numbers."""
    numbers = [is_number(cell) for cell in first]
    if any(numbers) and not all(numbers):
        raise InputError(
            f"{path}, line {line} mixes names and numbers; begin with a name for each column"
        )
    if len(first) > 1 and [cell.strip() for cell in first] == [str(k) for k in range(len(first))]:
        raise InputError(
            f"{path}, line {line} counts the columns from 0, as pandas does where they have no "
            "names, or is a sample; begin with a name for each column"
        )
    return None if all(numbers) else [cell.strip() for cell in first]


def is_number(cell: str) -> bool:
    """Whether a cell of text reads as a number (`nan` and `inf` do)."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _refuse_repeated(path: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path} has two columns named {name!r}; rename one")


def _refuse_ragged(path: str, names: list[str], cells: list[list[str]], lines: list[int]) -> None:
    for row, line in zip(cells, lines, strict=True):
        if len(row) != len(names):
            raise InputError(
                f"{path}, line {line} has {len(row)} cells where there are {len(names)} columns; "
                "correct it"
            )


def _read_npy(path: str) -> Table:
    """One column `(row,)` or several `(row, column)`, named column_0, column_1 and so on."""
    try:
        with Path(path).open("rb") as file:  # np.load would take npz, several arrays, as well
            values = np.lib.format.read_array(file, allow_pickle=False)
    except (ValueError, EOFError, OSError) as error:
        raise InputError(
            f"{path} cannot be read as npy ({one_line(error)}); save it again, by numpy.save"
        ) from error
    if values.ndim == 1:
        values = values[:, np.newaxis]
    if values.ndim != 2:
        raise InputError(
            f"{path} has {values.ndim} dimensions; give an array (row,) or (row, column)"
        )
    columns = {f"column_{index}": values[:, index] for index in range(values.shape[1])}
    return Table(path, _as_numbers(path, columns), np.arange(len(values)), "row")


def _read_netcdf(path: str) -> Table:
    """Variables and coordinates `(row,)` by their names, those with columns as name_0, name_1.

    Rows are the longest dimension, be it the first or the second.
    """
    try:
        with xarray.open_dataset(path, engine="netcdf4", decode_times=False) as dataset:
            arrays = {str(name): array.values for name, array in dataset.variables.items()}
            coordinates = frozenset(map(str, dataset.indexes))
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(
            f"{path} cannot be read as netCDF ({one_line(error)}); it may be cut short, save it "
            "again"
        ) from error
    arrays = {name: values for name, values in arrays.items() if values.ndim in (1, 2)}
    longest = max((size for values in arrays.values() for size in values.shape), default=0)
    columns: dict[str, Array] = {}
    for name, values in arrays.items():
        if longest in values.shape:
            found = _split(name, values if len(values) == longest else values.T)
            _refuse_repeated(path, [*columns, *found])
            columns |= found
    return Table(path, _as_numbers(path, columns), np.arange(longest), "row", coordinates)


def _split(name: str, values: Array) -> dict[str, Array]:
    """Values `(row,)` under their name, `(row, column)` as name_0, name_1 and so on."""
    if values.ndim == 1:
        return {name: values}
    return {f"{name}_{index}": values[:, index] for index in range(values.shape[1])}


def _as_numbers(path: str, columns: dict[str, Array]) -> dict[str, Array]:
    """The columns that are real numbers, as float64.

    Raises `InputError` where none is.
    """
    real = {
        name: values.astype(np.float64)
        for name, values in columns.items()
        if values.dtype.kind in "iufb"
    }
    if not real:
        raise InputError(f"{path} has no column of real numbers; save them as float64")
    return real
