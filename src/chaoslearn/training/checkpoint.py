"""An unfinished training on disk, so that a killed job goes on where it was.

The file lies outside the workflow's declared outputs, under the job's own key: a job whose code,
settings or inputs changed has another key and starts afresh. Random streams are counted, not
carried (see ``streams``), so the weights, the moments and the epoch are all there is to keep, and
a resumed run equals an uninterrupted one bit for bit.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.writing import atomic

Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Resumption:
    """Where an unfinished training is kept, under which key, and how many seconds apart."""

    path: Path
    key: str
    seconds: float


def save(path: Path, key: str, arrays: Arrays) -> None:
    """Write ``arrays`` for the job called ``key``; the file is there whole or not at all.

    Raises
    ------
    InputError : the place cannot be written.
    """
    with atomic(path) as partial, partial.open("wb") as file:
        np.savez(file, allow_pickle=False, key=np.array(key), **arrays)


def load(path: Path, key: str) -> Arrays:
    """The arrays saved at ``path``.

    Raises
    ------
    FileNotFoundError : there is none.
    InputError : it is damaged, or belongs to a job with another key.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise InputError(f"checkpoint {path}: damaged ({error}); training starts over") from error
    if str(arrays.pop("key", "")) != key:
        raise InputError(f"checkpoint {path}: made by another job; training starts over")
    return arrays
