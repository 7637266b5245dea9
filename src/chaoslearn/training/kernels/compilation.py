"""How the kernels are compiled: single-threaded machine code without the GIL, kept in a cache."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite.binding
from numba import njit
from numba.core import config

Function = TypeVar("Function", bound=Callable[..., Any])

# Sums may be reordered and products fused, but NaN and inf keep their meaning: a diverged member
# is recognised by its loss.
_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"contract", "reassoc"},
}


def _use_whole_registers() -> None:
    """Let loops have all 512 bits of AVX-512: unasked, LLVM gives them half on Intel's processors.

    Kernels of the lstm, which have the most of such loops, take 0.9 of the time there.
    """
    features = llvmlite.binding.get_host_cpu_features()
    if features.get("avx512f"):
        cast(Any, config).CPU_FEATURES = f"{features.flatten()},-prefer-256-bit"


_use_whole_registers()


def _fingerprint_of_sources() -> str:
    folder = Path(__file__).parent
    contents = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return hashlib.sha256(contents).hexdigest()


_SOURCES = _fingerprint_of_sources()


def compiled(function: Function) -> Function:
    """Compile a function that other kernels call."""
    return cast(Function, njit(**_OPTIONS)(function))


def inlined(function: Function) -> Function:
    """Compile a function as a part of the one that calls it.

    What is compiled on its own is optimised again in its caller, in its caller's caller and so on;
    and a factory's functions, which have one name in all modules, would be taken for each other's
    when two kernels are read from the cache into one process.
    """
    return cast(Function, njit(inline="always", **_OPTIONS)(function))


def cached(function: Function) -> Function:
    """Compile an entry point, once per machine; call it with arguments of the same types always.

    The cache lies in `__pycache__` beside the file, or in the user's cache folder where that is
    not writable. numba drops an entry when the file of the entry point changes, but does not see
    the files it calls: so the name in the cache holds a fingerprint of all kernel files. One name
    must have one type of arguments, since two processes that add to one entry at the same time
    can mix their code up. Where neither place can be written, each process compiles for itself.
    """
    function.__qualname__ = f"{function.__qualname__}-{_SOURCES[:16]}"
    try:
        return cast(Function, njit(cache=True, **_OPTIONS)(function))
    except RuntimeError:  # numba's, of having no place for a cache
        return cast(Function, njit(**_OPTIONS)(function))
