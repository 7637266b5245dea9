"""How the kernels are compiled: single-threaded machine code without the GIL, kept in a cache."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

# Sums may be reordered and products fused, but NaN and inf keep their meaning: a diverged member
# is recognised by its loss.
_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"contract", "reassoc"},
}


def _fingerprint_of_sources() -> str:
    folder = Path(__file__).parent
    contents = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return hashlib.sha256(contents).hexdigest()


# numba's cache looks only at the file an entry point stands in, not at what that calls. A cached
# function therefore takes this as the default of its last argument `sources`: the default is part
# of the signature the cache is searched by, so an edit to any kernel file makes a new entry.
SOURCES = _fingerprint_of_sources()


def compiled(function: Function) -> Function:
    """Compile a function that other kernels call."""
    return cast(Function, njit(**_OPTIONS)(function))


def cached(function: Function) -> Function:
    """Compile an entry point, once per machine; its last argument must be `sources=SOURCES`.

    The cache lies in `__pycache__` beside the file, or in the user's cache folder where that
    is not writable.
    """
    return cast(Function, njit(cache=True, **_OPTIONS)(function))
