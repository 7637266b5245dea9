"""Dynamical systems, one file each; a system's name is the name of its file."""

import importlib
import pkgutil
from collections.abc import Mapping

from chaoslearn.errors import InputError
from chaoslearn.systems.system import Reference, System, jacobian_matrix
from chaoslearn.systems.user_file import load_file

__all__ = ["Reference", "System", "configured", "jacobian_matrix", "load", "names"]

# Files of this folder that are no system but what systems are made of.
_NOT_SYSTEMS = {"system", "finite_differences", "user_file"}


def load(name_or_path: str) -> System:
    """The system of this name, or the `SYSTEM` of the Python file at a path ending in `.py`.

    Raises `InputError` for a name without a system and for a file that cannot be used.
    """
    if name_or_path.endswith(".py"):
        return load_file(name_or_path)
    if name_or_path not in names():
        raise InputError(
            f"system {name_or_path!r} is unknown; name a Python file or one of "
            + ", ".join(names())
        )
    system = importlib.import_module(f"{__name__}.{name_or_path}").SYSTEM
    assert isinstance(system, System)
    return system


def configured(
    system: str, parameters: Mapping[str, float], dimension: int | None = None
) -> System:
    """The system called `system` with some parameters changed, and its number of components.

    One that is left as it is keeps its reference exponents. Raises `InputError` as `load` does,
    for a parameter it does not have, and where the number of components is not free.
    """
    found = load(system)
    if dimension is not None:
        found = found.with_dimension(dimension)
    return found.with_parameters(None, None, **parameters)


def names() -> list[str]:
    """The names of all systems in the package."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return [name for name in modules if name not in _NOT_SYSTEMS]
