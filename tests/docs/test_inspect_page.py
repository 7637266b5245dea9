"""The guide's examples of the command, run on the smallest scale: same lines, same words.

Numbers of nets differ from processor to processor, so only those of the exponents are compared.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import guide
import pytest
from guide import ROOT

from chaoslearn import store
from chaoslearn.command.text import LEVELS
from chaoslearn.records import tables

pytestmark = pytest.mark.slow

PAGE = ROOT / "docs" / "inspect.md"
EXAMPLES = [block.text for block in guide.blocks(PAGE, "console")]
MEASURED = "results/smoke/measures/lorenz63_published/plrnn/sparse-10.nc"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples look into."""
    folder = tmp_path_factory.mktemp("inspect")
    for name in ("config.yaml", "config/smoke.yaml", "tests/data/roessler.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    made = run(
        folder, "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--cores", "1",
        "--resources", "gpu=0", "--configfile", "config/smoke.yaml", "--", MEASURED,
    )  # fmt: skip
    assert made.returncode == 0, (made.stdout + made.stderr)[-3000:]
    # The measures of one run under the names of all six: training six takes too long here.
    measured = store.read(folder / MEASURED)
    runs = [
        measured.assign_attrs(
            wildcards=json.dumps({"series": "lorenz63_published", "cell": cell, "forcing": forcing})
        )
        for cell, forcing in product(("lstm", "plrnn", "rnn"), ("sparse-10", "sparse-auto"))
    ]
    table = tables.measures_table(runs)
    store.write(table, folder / "results/smoke/tables/measures.nc", key="k", settings={})
    return folder


def run(folder: Path, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=folder, env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def words(line: str) -> list[str]:
    """The words of a line, without its numbers and curves."""
    return [word for word in line.split() if not re.search(rf"[\d{LEVELS}]", word)]


def printed(workspace: Path, example: str) -> tuple[list[str], list[str]]:
    """The lines that the guide shows, and those that the command prints."""
    command, *shown = example.replace("\\\n", "").splitlines()
    program, *arguments = shlex.split(command.removeprefix("$ "))
    told = run(workspace, program, *arguments)
    assert (told.returncode, told.stderr) == (0, "")
    return [line for line in shown if line != "…"], told.stdout.splitlines()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split()[2])
def test_the_command_prints_the_lines_shown(example: str, workspace: Path) -> None:
    shown, found = printed(workspace, example)
    left = iter(found)
    for line in shown:
        wanted = words(line.removesuffix("…"))
        part = slice(len(wanted)) if line.endswith("…") else slice(None)
        assert any(words(candidate)[part] == wanted for candidate in left), line


def test_numbers_from_data_are_those_shown(workspace: Path) -> None:
    (example,) = [text for text in EXAMPLES if text.startswith("$ chaoslearn tau")]
    shown, found = printed(workspace, example)
    assert found == shown


def test_every_subcommand_has_its_example() -> None:
    assert {text.split()[2] for text in EXAMPLES} == {"show", "tau", "measures", "predict"}
