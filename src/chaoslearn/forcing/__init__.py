"""Forcings: ways of keeping training on track. One file each, found by its name.

A forcing's name in config and file names is its file's name and its numbers: ``sparse-30``,
``random-30-10``, ``clipped-norm-1``; two may be joined where the second one clips:
``sparse-30+clipped-norm-1``. ``auto`` stands for the series' own τ_pred (``resolve``).
A new forcing is one new file with a class ``Forcing``, here or anywhere importable
(``my_package.my_forcing-30``).
"""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from chaoslearn.errors import InputError, named
from chaoslearn.forcing.composed import Composed
from chaoslearn.forcing.plan import Forcing

AUTO = re.compile(r"(?<=-)auto(?=$|[-+])")
NOT_FORCINGS = {"plan", "arguments", "composed"}


def names() -> list[str]:
    """The forcings that come with the package."""
    return sorted({module.name for module in pkgutil.iter_modules(__path__)} - NOT_FORCINGS)


def load(identifier: str) -> Forcing:
    """The forcing called ``identifier``, for example ``sparse-30``.

    Raises
    ------
    InputError : unknown name, or numbers that do not fit it.
    """
    parts = identifier.split("+")
    if len(parts) > 2:
        raise InputError(f"forcing {identifier}: at most two can be joined by +")
    first, *second = [_load_single(part, identifier) for part in parts]
    return Composed(first, *second) if second else first


def resolve(identifier: str, predictability_time: float) -> str:
    """``identifier`` with ``auto`` replaced by round(τ_pred): ``sparse-auto`` → ``sparse-63``.

    Parameters
    ----------
    predictability_time : τ_pred of the series in steps (infinite if its λ_max is not positive).

    Raises
    ------
    InputError : ``auto`` is asked for and the series has no finite τ_pred.
    """
    if not asks_for_predictability_time(identifier):
        return identifier
    if not predictability_time < float("inf"):
        raise InputError(
            f"forcing {identifier}: no positive λ_max of the series is known, so no finite τ_pred; "
            "name a number of steps instead of auto"
        )
    return AUTO.sub(str(max(1, round(predictability_time))), identifier)


def asks_for_predictability_time(identifier: str) -> bool:
    """Whether ``auto`` stands in ``identifier`` in the place of a number."""
    return AUTO.search(identifier) is not None


@cache
def module_names(identifier: str) -> tuple[str, ...]:
    """The importable modules that ``identifier`` uses: what its code fingerprint must cover.

    Raises
    ------
    InputError : no such forcing.
    """
    return tuple(_module_name(part.split("-")[0], identifier) for part in identifier.split("+"))


def _load_single(part: str, identifier: str) -> Forcing:
    name, *arguments = part.split("-")
    module = _module_name(name, identifier)
    try:
        found = import_module(module).Forcing
        return cast(Forcing, found(*arguments))
    except InputError:
        raise
    except Exception as error:  # whatever a user's module raises
        raise InputError(
            f"forcing {identifier}: module {module} gives no Forcing({', '.join(arguments)}): "
            f"{named(error)}; correct it"
        ) from error


def _module_name(name: str, identifier: str) -> str:
    if name in names():
        return f"{__name__}.{name}"
    if "." in name and _is_module(name, identifier):
        return name
    raise InputError(f"forcing {identifier}: unknown; known are {', '.join(names())}")


def _is_module(name: str, identifier: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # a package on the way is none
        return False
    except Exception as error:  # whatever a user's package raises
        raise InputError(
            f"forcing {identifier}: module {name}: {named(error)}; correct it"
        ) from error
