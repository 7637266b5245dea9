"""What a file was made by: fingerprints of the code a job uses, and the rerun key built on them.

A fingerprint is taken on syntax trees: comments, docstrings and formatting do not count. It covers
a job's script and every module of this package that it reaches by imports, the packages'
``__init__`` files included. What a registry finds by name (cell, forcing, system) the job names.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chaoslearn.errors import InputError, named, one_line

PACKAGE = "chaoslearn"
PACKAGE_FOLDER = Path(__file__).parent
PUBLISHED_POINTS = PACKAGE_FOLDER / "published" / "figure_points.csv"

Inputs = dict[str, "tuple[Job, ...]"]


@dataclass(frozen=True)
class Job:
    """A file of the workflow, what is written beside it, and all that decides what is in them.

    Attributes
    ----------
    path : the file it makes.
    script : the script that makes it.
    modules : dotted names or ``.py`` paths that its script loads by name.
    settings : the config values it sees, plain JSON values.
    inputs : the jobs that make its inputs, by the name the rule gives them.
    beside : endings of what is written beside the file, under the same name.
    """

    path: str
    script: Path
    modules: tuple[str, ...]
    settings: dict[str, Any]
    inputs: Inputs
    beside: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The file, and what is written beside it."""
        name, _, _ = self.path.rpartition(".")
        return (self.path, *(name + ending for ending in self.beside))

    @property
    def parents(self) -> tuple[Job, ...]:
        """All inputs in order."""
        return tuple(job for jobs in self.inputs.values() for job in jobs)

    def paths(self, name: str) -> list[str]:
        """The files of one of its inputs; none where the job has no such input."""
        return [job.path for job in self.inputs.get(name, ())]

    @cached_property
    def key(self) -> str:
        """Changes exactly when the file's content may: code, settings, or an input's key."""
        code = fingerprint(self.script, self.modules)
        inputs = {name: [job.key for job in jobs] for name, jobs in self.inputs.items()}
        return _digest(json.dumps([code, self.settings, inputs], sort_keys=True))


@cache
def fingerprint(script: Path, modules: tuple[str, ...] = ()) -> str:
    """The fingerprint of ``script``, of ``modules`` and of all package code they reach."""
    files = closure((script, *(module_file(name) for name in modules)))
    return _digest("\n".join(sorted(map(_labelled_digest, files))))


def closure(files: Iterable[Path]) -> set[Path]:
    """``files`` and every file of this package that they import, directly or not."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting.extend(_imported_files(file))
    return found


def content_hash(path: str | Path) -> str:
    """The hash of a file from outside, which enters a key instead of its time.

    Raises
    ------
    InputError : there is no such file.
    """
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); correct the path") from error


def module_file(name: str) -> Path:
    """The source file of a module of this package, or the file itself where a path is given."""
    if name.endswith(".py"):
        return Path(name)
    parts = name.split(".")
    if parts[0] == PACKAGE:
        path = PACKAGE_FOLDER.joinpath(*parts[1:])
        package = path / "__init__.py"
        return package if package.is_file() else path.with_suffix(".py")
    return _outside_file(name)


@cache
def require_cell(name: str) -> str:
    """The module of the cell called ``name``, found without importing it.

    Raises
    ------
    InputError : no such cell.
    """
    if "/" in name or name.endswith(".py"):
        raise InputError(
            f"cell {name!r}: a path cannot stand in file names; put its folder on PYTHONPATH and "
            "name the module, as package.module"
        )
    if "." in name:
        _outside_file(name)
        return name
    folder = PACKAGE_FOLDER / "cells"
    known = sorted(file.stem for file in folder.glob("*.py") if _defines(file, "step"))
    if name not in known:
        raise InputError(f"cell {name!r}: unknown; known are {', '.join(known)}")
    return f"{PACKAGE}.cells.{name}"


def _outside_file(name: str) -> Path:
    try:
        specification = find_spec(name)
    except Exception as error:  # a package on the way is none, or raises whatever it likes
        raise InputError(
            f"module {name}: cannot be found ({named(error)}); put its folder on PYTHONPATH"
        ) from error
    if specification is None or specification.origin is None:
        raise InputError(f"module {name}: cannot be found; put its folder on PYTHONPATH")
    return Path(specification.origin)


@cache
def _tree(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(f"{file}: cannot be read as Python ({one_line(error)})") from error


@cache
def _labelled_digest(file: Path) -> str:
    return f"{_label(file)} {_digest(_written_out(_tree(file)))}"


def _written_out(part: Any) -> str:
    """A part of a syntax tree, without docstrings, the same text in every version of Python.

    Later versions give nodes more fields, empty where an older one could read the code, so that
    `ast.dump` differs; and 3.12 quotes otherwise than 3.11 and 3.14, so that `ast.unparse` does.
    """
    if isinstance(part, ast.AST):
        fields = [
            f"{name}={_written_out(value)}"
            for name in part._fields
            if (value := getattr(part, name, None)) is not None and value != []
        ]
        return f"{type(part).__name__}({', '.join(fields)})"
    if isinstance(part, list):
        # Nothing but a docstring does what `pass` does: a body that is empty without it is that.
        kept = [item for item in part if not _is_docstring(item)] or [ast.Pass()]
        return f"[{', '.join(map(_written_out, kept))}]"
    return ascii(part)


def _is_docstring(part: Any) -> bool:
    """Whether a statement is a bare string: what documents something and does nothing."""
    return (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Constant)
        and isinstance(part.value.value, str)
    )


@cache
def _imported_files(file: Path) -> tuple[Path, ...]:
    names: set[str] = set()
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(path for name in names if _is_ours(name) for path in _files_run(name))


@cache
def _files_run(name: str) -> tuple[Path, ...]:
    """The files that importing ``name`` runs: its packages' ``__init__`` and its own."""
    parts = name.split(".")
    files = [module_file(".".join(parts[: end + 1])) for end in range(len(parts))]
    return tuple(file for file in files if file.is_file())


def _is_ours(name: str) -> bool:
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def _defines(file: Path, function: str) -> bool:
    return any(
        isinstance(node, ast.FunctionDef) and node.name == function for node in _tree(file).body
    )


def _label(file: Path) -> str:
    return str(file.relative_to(PACKAGE_FOLDER)) if PACKAGE_FOLDER in file.parents else file.name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]
