"""Recurrent cells z ← F(z): one file an architecture, found by its file name.

A cell is a module of pure functions (see `chaoslearn.cells.cell`). Those of the package are called
by file name, `load("lstm")`; one from elsewhere by its path, `load("cells/leaky.py")`, or by its
dotted module name, `load("my_cells.leaky")`.
"""

import importlib
import importlib.util
import pkgutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from chaoslearn.cells.cell import AnyArray, Cell, Weights, cell_of, require_numpy
from chaoslearn.errors import InputError

__all__ = ["AnyArray", "Cell", "Weights", "cell_of", "load", "names"]


def load(name: str) -> Cell:
    """Find a cell.

    `name` is a file name of this folder without its ending, a path ending in `.py`, or the dotted
    name of a module that can be imported. Raises `InputError` where there is no such cell, or it
    does not take arrays of numpy.
    """
    if name.endswith(".py"):
        return _called(name, _module_of_file(Path(name)))
    if "." in name:
        return _called(name, _module_by_name(name))
    if not _is_cell(name):
        raise InputError(
            f"cell '{name}' is not known: use one of {', '.join(names())}, "
            "or give the path of a .py file or the dotted name of a module"
        )
    return _called(name, _module_here(name))


def names() -> list[str]:
    """Names of the cells of this package, in alphabetical order."""
    return sorted(name for name in _files_here() if _is_cell(name))


def _called(name: str, module: ModuleType) -> Cell:
    """The cell under the name it was asked for: another file called rnn.py is not `rnn`."""
    cell = replace(cell_of(module), name=name)
    require_numpy(cell, hasattr(module, "jacobian"))
    return cell


def _is_cell(name: str) -> bool:
    return name in _files_here() and hasattr(_module_here(name), "step")


def _files_here() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__)]


def _module_here(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")


def _module_of_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise InputError(f"cell file '{path}' does not exist: give the path of a .py file")
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None  # a name ending in .py always has a loader
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _module_by_name(name: str) -> ModuleType:
    if not all(part.isidentifier() for part in name.split(".")):
        raise InputError(f"cell '{name}' is not a module name: write it as 'package.module'")
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise  # the module is there, but something it imports is not
        raise InputError(
            f"cell module '{name}' cannot be imported: no module '{error.name}'; "
            "install it or put its folder on PYTHONPATH"
        ) from error
