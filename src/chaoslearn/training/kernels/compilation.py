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


_SOURCES = _fingerprint_of_sources()


def compiled(function: Function) -> Function:
    """Compile a function that other kernels call."""
    return cast(Function, njit(**_OPTIONS)(function))


def compiled_for(module: str) -> Callable[[Function], Function]:
    """Return `compiled` for what a factory makes anew for each module that calls it.

    Machine code is found by its function's name. Without the module in it, two kernels read from
    the cache into one process would run each other's functions.
    """

    def compiled_with_name(function: Function) -> Function:
        function.__qualname__ = f"{module}.{function.__qualname__}"
        return compiled(function)

    return compiled_with_name


def cached(function: Function) -> Function:
    """Compile an entry point, once per machine; call it with arguments of the same types always.

    The cache lies in `__pycache__` beside the file, or in the user's cache folder where that is
    not writable. numba drops an entry when the file of the entry point changes, but does not see
    the files it calls: so the name in the cache holds a fingerprint of all kernel files. One name
    must have one type of arguments, since two processes that add to one entry at the same time
    can mix their code up.
    """
    function.__qualname__ = f"{function.__qualname__}-{_SOURCES[:16]}"
    return cast(Function, njit(cache=True, **_OPTIONS)(function))
