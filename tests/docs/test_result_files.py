"""What the guide says of result files is what the workflow writes: names, dims, attributes."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import guide
import pytest
import xarray as xr
from guide import RESULT_KINDS, ROOT, result_heading, result_path

from chaoslearn.records import tables, theorems

pytestmark = pytest.mark.slow

RESULTS = ROOT / "docs" / "results.md"


def opened(tiny_results: Path, kind: str) -> xr.Dataset:
    with xr.open_dataset(tiny_results / result_path(kind)) as dataset:
        return dataset.load()


@pytest.mark.parametrize("kind", RESULT_KINDS)
def test_variables_dims_and_units_are_those_told(kind: str, tiny_results: Path) -> None:
    told = {
        name: (tuple(part for part in dims.split(", ") if part), units)
        for name, dims, units, _ in guide.rows(guide.section(RESULTS, result_heading(kind)))
    }
    # The system's unit of time is 1, and so is its inverse.
    plain = {"unit": "1", "1/unit": "1", "1": "1"}
    dataset = opened(tiny_results, kind)
    found = {
        str(name): (variable.dims, variable.attrs["units"])
        for name, variable in dataset.variables.items()
    }
    assert found == {name: (dims, plain[units]) for name, (dims, units) in told.items()}


@pytest.mark.parametrize("kind", RESULT_KINDS)
def test_attributes_are_those_told(kind: str, tiny_results: Path) -> None:
    every = {row[0] for row in guide.rows(RESULTS.read_text().partition("\n## ")[0])}
    own = set(guide.SPAN.findall(guide.section(RESULTS, result_heading(kind))))
    found = set(opened(tiny_results, kind).attrs)
    assert every <= found
    assert found <= every | own


def test_columns_of_the_tables_are_those_told(tiny_results: Path) -> None:
    text = " ".join(guide.section(RESULTS, "Tables").split())
    _, of_measures, of_exponents = re.split(r"`results/tables/\w+\.csv`", text)
    measures = tables.flat(tables.measures_table([opened(tiny_results, "measures")]))
    exponents = tables.exponents_table([opened(tiny_results, "exponents")])
    assert set(measures.columns) == set(guide.SPAN.findall(of_measures.partition(". ")[0]))
    assert set(exponents.columns) == {*guide.SPAN.findall(of_exponents), "series"}


def test_columns_of_the_verdicts_are_those_told() -> None:
    told = [row[0] for row in guide.rows(guide.section(RESULTS, "Verdicts on the theorems"))]
    rest = [name for name in theorems.MEANING if name not in theorems.FIRST]
    assert told == [*theorems.FIRST, *rest]


@pytest.mark.parametrize("page", ["results.md", "extend.md", "inspect.md"])
def test_the_examples_that_open_results_run(
    page: str, tiny_results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny_results)
    monkeypatch.syspath_prepend(str(tiny_results))
    for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
        monkeypatch.delitem(sys.modules, name)
    namespace: dict[str, Any] = {}
    for block in guide.blocks(ROOT / "docs" / page, "python"):
        if block.file is None:
            exec(compile(block.text, f"{page}:{block.line}", "exec"), namespace)
