"""What the guide says of result files is what the workflow writes: names, dims, attributes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import guide
import pytest
import xarray as xr
import yaml
from guide import ROOT

from chaoslearn.records import tables, theorems

pytestmark = pytest.mark.slow

RESULTS = ROOT / "docs" / "results.md"
NAMES = {"series": "lorenz63_published", "cell": "lstm", "forcing": "sparse-30"}
KINDS = (
    "series", "exponents", "training", "free_runs", "measures", "gradients", "growth", "forced",
)  # fmt: skip
# As little of everything as there can be; the names and shapes are those of any run.
TINY: dict[str, Any] = {
    "series": {"lorenz63_published": {"train": 2000, "test": 2000}},
    "exponents": {"starts": 2, "duration": 5.0, "transient": 1.0},
    "training": {"epochs": 1, "batches": 1, "members": 2, "members_per_block": 2},
    "free_runs": {"steps": 1000, "transient": 100},
    "measures": {"forecasts": 2, "horizon": 0.5, "exponent_steps": 20},
    "gradients": {"starts": 2, "jacobian_steps": 20, "parameter_steps": 20, "segments": 2},
}


def heading(kind: str) -> str:
    place = "{series}" if kind in ("series", "exponents") else "{series}/{cell}/{forcing}"
    return f"`results/{kind}/{place}.nc`"


def path(kind: str) -> str:
    return heading(kind).strip("`").format(**NAMES)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of each kind, made by the rules."""
    folder = tmp_path_factory.mktemp("results")
    for name, text in guide.example_files().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    shutil.copy(ROOT / "config.yaml", folder)
    (folder / "tiny.yaml").write_text(yaml.safe_dump(TINY))
    run = subprocess.run(
        [
            sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"),
            "--directory", str(folder), "--cores", "1", "--resources", "gpu=0",
            "--configfile", "tiny.yaml", "--", *map(path, KINDS),
        ],
        cwd=folder, env=os.environ | {"OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, (run.stdout + run.stderr)[-3000:]
    return folder


def opened(workspace: Path, kind: str) -> xr.Dataset:
    with xr.open_dataset(workspace / path(kind)) as dataset:
        return dataset.load()


@pytest.mark.parametrize("kind", KINDS)
def test_variables_dims_and_units_are_those_told(kind: str, workspace: Path) -> None:
    told = {
        name: (tuple(part for part in dims.split(", ") if part), units)
        for name, dims, units, _ in guide.rows(guide.section(RESULTS, heading(kind)))
    }
    # The system's unit of time is 1, and so is its inverse.
    plain = {"unit": "1", "1/unit": "1", "1": "1"}
    dataset = opened(workspace, kind)
    found = {
        str(name): (variable.dims, variable.attrs["units"])
        for name, variable in dataset.variables.items()
    }
    assert found == {name: (dims, plain[units]) for name, (dims, units) in told.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_attributes_are_those_told(kind: str, workspace: Path) -> None:
    every = {row[0] for row in guide.rows(RESULTS.read_text().partition("\n## ")[0])}
    own = set(guide.SPAN.findall(guide.section(RESULTS, heading(kind))))
    found = set(opened(workspace, kind).attrs)
    assert every <= found
    assert found <= every | own


def test_columns_of_the_tables_are_those_told(workspace: Path) -> None:
    text = " ".join(guide.section(RESULTS, "Tables").split())
    _, of_measures, of_exponents = re.split(r"`results/tables/\w+\.csv`", text)
    measures = tables.flat(tables.measures_table([opened(workspace, "measures")]))
    exponents = tables.exponents_table([opened(workspace, "exponents")])
    assert set(measures.columns) == set(guide.SPAN.findall(of_measures.partition(". ")[0]))
    assert set(exponents.columns) == {*guide.SPAN.findall(of_exponents), "series"}


def test_columns_of_the_verdicts_are_those_told() -> None:
    told = [row[0] for row in guide.rows(guide.section(RESULTS, "Verdicts on the theorems"))]
    rest = [name for name in theorems.MEANING if name not in theorems.FIRST]
    assert told == [*theorems.FIRST, *rest]


@pytest.mark.parametrize("page", ["results.md", "extend.md", "inspect.md"])
def test_the_examples_that_open_results_run(
    page: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    monkeypatch.syspath_prepend(str(workspace))
    for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
        monkeypatch.delitem(sys.modules, name)
    namespace: dict[str, Any] = {}
    for block in guide.blocks(ROOT / "docs" / page, "python"):
        if block.file is None:
            exec(compile(block.text, f"{page}:{block.line}", "exec"), namespace)
