"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaoslearn.errors import InputError


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """A place beside ``path`` to write to; it gets the name ``path`` once the block has ended.

    Raises
    ------
    InputError : the place cannot be written; what stood at ``path`` is still there.
    """
    target = Path(path)
    if not target.name:
        raise InputError(f"{str(path)!r} names no file; give a name to write to")
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield partial
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{target}: cannot be written ({error}); make room or make the folder writable, "
            "then run again"
        ) from error
