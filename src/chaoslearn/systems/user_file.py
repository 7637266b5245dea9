"""A system of the user's own: one Python file outside the package that defines `SYSTEM`."""

import importlib.util
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from chaoslearn.errors import InputError, named
from chaoslearn.systems.finite_differences import central_differences
from chaoslearn.systems.system import Array, System

# Central differences are good to about 1e-9; a wrong entry is wrong by far more than this.
JACOBIAN_TOLERANCE = 1e-5
AT_ONCE = (
    "states come as (component, ...), many at once: use numpy's functions, np.where for if, "
    "0 * x + c for a constant c, jacobian_matrix from chaoslearn.systems for a matrix"
)


def load_file(path: str) -> System:
    """The `SYSTEM` of the Python file at `path`, its equations and Jacobian tried out.

    Raises `InputError` where the file is missing, does not import, defines no `SYSTEM`, where the
    equations do not return one finite value a component, or something else for two states at once,
    and where the Jacobian disagrees with them.
    """
    system = getattr(_import(path), "SYSTEM", None)
    if not isinstance(system, System):
        raise InputError(
            f"system file {path} defines no SYSTEM; add `SYSTEM = System(...)` "
            "with System from chaoslearn.systems"
        )
    arguments = _arguments(system)
    _check_equations(system, path, arguments)
    if system.jacobian is not None:
        _check_jacobian(system, path, arguments)
    return system


def _import(path: str) -> ModuleType:
    if not Path(path).is_file():
        raise InputError(f"system file {path} does not exist; check the path")
    specification = importlib.util.spec_from_file_location(Path(path).stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    try:
        specification.loader.exec_module(module)
    except Exception as error:
        raise InputError(
            f"system file {path}{_line(error, path)} does not import: {_told(error)}; correct it"
        ) from error
    return module


def _arguments(system: System) -> list[Array | float]:
    """Arguments of the equations at a state a little off the initial one, off any symmetry."""
    initial = np.asarray(system.initial_state)
    state = initial + 0.01 * np.cos(1.0 + np.arange(system.dimension)) * (1.0 + np.abs(initial))
    return {"map": [state], "flow": [0.0, state], "delay": [0.0, state, 1.01 * state]}[system.kind]


def _check_equations(system: System, path: str, arguments: list[Array | float]) -> None:
    try:
        with np.errstate(all="ignore"):
            rate = np.asarray(system.rate(*arguments))
    except Exception as error:
        raise InputError(
            f"system file {path}{_line(error, path)}: the equations fail at the initial state: "
            f"{_told(error)}; correct them"
        ) from error
    if rate.shape != (system.dimension,):
        raise InputError(
            f"system file {path}: the equations return shape {rate.shape} for {system.dimension} "
            "components; return one value a component"
        )
    if not np.isfinite(rate).all():
        raise InputError(
            f"system file {path}: near the initial state the equations give {rate.tolist()}; "
            "correct them or choose another initial state"
        )
    _check_batch(system.rate, rate, path, arguments, "function equations")


def _check_batch(
    function: Callable[..., Any],
    alone: Array,
    path: str,
    arguments: list[Array | float],
    what: str,
) -> None:
    """Refuse what gives two equal states at once, `(component, 2)`, other values than one alone."""
    twice = [np.stack([each] * 2, axis=-1) if np.ndim(each) else each for each in arguments]
    try:
        both = np.asarray(function(*twice), dtype=np.float64)
    except Exception as error:
        raise InputError(
            f"system file {path}{_line(error, path)}: two states at once are too much for the "
            f"{what}: {_told(error)}; {AT_ONCE}"
        ) from error
    if both.shape != (*alone.shape, 2) or not np.allclose(both, alone[..., None]):
        raise InputError(
            f"system file {path}: of two states at once, (component, 2), the {what} makes "
            f"something else than of one alone; {AT_ONCE}"
        )


def _check_jacobian(system: System, path: str, arguments: list[Array | float]) -> None:
    try:
        given = _jacobians(system, arguments)
    except Exception as error:
        raise InputError(
            f"system file {path}{_line(error, path)}: the Jacobian fails at the initial state: "
            f"{_told(error)}; correct it or leave it out"
        ) from error
    positions = _differentiated(system)
    for index, (jacobian, position) in enumerate(zip(given, positions, strict=True)):
        expected = central_differences(
            lambda at, position=position: system.rate(  # type: ignore[misc]
                *arguments[:position], at, *arguments[position + 1 :]
            ),
            np.asarray(arguments[position]),
        )
        _compare(np.asarray(jacobian), expected, path)
        _check_batch(
            lambda *twice, index=index: _jacobians(system, twice)[index],
            np.asarray(jacobian), path, arguments, "Jacobian",
        )  # fmt: skip


def _jacobians(system: System, arguments: Sequence[Array | float]) -> list[Any]:
    """The two Jacobians of a delay equation, or the one there is."""
    given = system.jacobian(*arguments, **system.parameters)  # type: ignore[misc]
    return list(given) if system.kind == "delay" else [given]


def _differentiated(system: System) -> list[int]:
    """Positions of the arguments the Jacobian is taken with respect to."""
    return {"map": [0], "flow": [1], "delay": [1, 2]}[system.kind]


def _compare(given: Array, expected: Array, path: str) -> None:
    if given.shape != expected.shape:
        raise InputError(
            f"system file {path}: the Jacobian has shape {given.shape} instead of {expected.shape};"
            " correct it or leave it out"
        )
    gap = np.abs(given - expected) / (1.0 + np.abs(expected))
    row, column = np.unravel_index(np.nanargmax(np.nan_to_num(gap, nan=np.inf)), gap.shape)
    if not gap[row, column] < JACOBIAN_TOLERANCE:
        raise InputError(
            f"system file {path}: the Jacobian disagrees with finite differences, entry "
            f"[{row}, {column}] is {given[row, column]:.6g} instead of "
            f"{expected[row, column]:.6g}; correct it or leave it out"
        )


def _line(error: Exception, path: str) -> str:
    """`, line n` for the last line of this file that took part in the error."""
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}"
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == path]
    return f", line {lines[-1]}" if lines else ""


def _told(error: Exception) -> str:
    """The error in one line."""
    # A SyntaxError would tell its place, too, which stands before.
    return named(type(error)(error.msg) if isinstance(error, SyntaxError) else error)
