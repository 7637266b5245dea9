"""``chaoslearn show``: what a netCDF file of the results is, holds, and was made by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import xarray as xr

from chaoslearn.command import summaries, summaries_of_gradients as of_gradients
from chaoslearn.command.kinds import (
    GROWTH_TABLE,
    MEASURES_TABLE,
    PROVENANCE,
    THEOREMS,
    Kind,
    kind_of,
    opened,
)
from chaoslearn.command.measures import table_lines
from chaoslearn.command.text import aligned
from chaoslearn.errors import InputError

SUMMARIES: Mapping[str, Callable[[xr.Dataset], list[str]]] = {
    "series": summaries.series,
    "exponents": summaries.exponents,
    "training": summaries.training,
    "free_runs": summaries.free_runs,
    "measures": summaries.measures,
    MEASURES_TABLE: table_lines,
    "gradients": of_gradients.gradients,
    "courses": of_gradients.course,
    "forced": of_gradients.forced,
    "growth": of_gradients.growth,
    GROWTH_TABLE: of_gradients.growth_table,
    THEOREMS: of_gradients.theorems,
}


def run(*, file: Path) -> list[str]:
    """What ``file`` is, its variables, its provenance and its summary, apart by empty lines.

    Raises
    ------
    InputError : it cannot be read, or another version made it.
    """
    dataset = opened(file)
    kind = kind_of(dataset)
    parts = [[f"{file}: {kind.meaning}", *_dimensions(dataset)], _variables(dataset)]
    if kind.stage:
        parts += [_provenance(dataset), _summary(dataset, kind, file)]
    return "\n\n".join("\n".join(part) for part in parts).splitlines()


def _summary(dataset: xr.Dataset, kind: Kind, file: Path) -> list[str]:
    try:
        return SUMMARIES[kind.stage](dataset)
    except KeyError as missing:
        raise InputError(
            f"{file}: made by another version of chaoslearn ({missing.args[0]}); run the workflow "
            "again"
        ) from missing


def _dimensions(dataset: xr.Dataset) -> list[str]:
    sizes = [f"{name} {size}" for name, size in dataset.sizes.items()]
    return [f"dimensions: {', '.join(sizes)}"] if sizes else []


def _variables(dataset: xr.Dataset) -> list[str]:
    rows = [
        [
            str(name),
            f"({', '.join(map(str, variable.dims))})",
            str(variable.attrs.get("units", "")),
            str(variable.attrs.get("long_name", "")),
        ]
        for name, variable in dataset.variables.items()
    ]
    return aligned([["variable", "dimensions", "units", "meaning"], *rows])


def _provenance(dataset: xr.Dataset) -> list[str]:
    """What the file was made by, and what else its attributes tell."""
    attributes = dataset.attrs
    further = [name for name in attributes if name not in (*PROVENANCE, "Conventions")]
    told = {name: _told(attributes[name]) for name in (*PROVENANCE, *further)}
    return aligned([name, text] for name, text in told.items() if text)


def _told(value: object) -> str:
    """An attribute; JSON as names and values."""
    text = str(value)
    if not text.startswith("{"):
        return text
    try:
        return ", ".join(_flat("", json.loads(text)))
    except json.JSONDecodeError:
        return text


def _flat(name: str, value: object) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for inner, content in value.items():
            yield from _flat(f"{name}.{inner}" if name else str(inner), content)
    else:
        yield f"{name} {json.dumps(value)}".replace('"', "")
