"""The guide's examples of the command, run on the smallest nets: same lines, same words.

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


@pytest.fixture(scope="module")
def workspace(tiny_results: Path) -> Path:
    """The files that the examples look into, the table among them."""
    (tiny_results / "tests/data").mkdir(parents=True)
    shutil.copy(ROOT / "tests/data/roessler.csv", tiny_results / "tests/data")
    # The measures of one run under the names of three: training three takes too long here.
    measured = store.read(tiny_results / guide.result_path("measures"))
    names = [json.dumps(guide.NAMES | {"cell": cell}) for cell in ("lstm", "rnn", "plrnn")]
    table = tables.measures_table([measured.assign_attrs(wildcards=text) for text in names])
    store.write(table, tiny_results / "results/tables/measures.nc", key="k", settings={})
    return tiny_results


def run(folder: Path, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=folder, env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def words(line: str) -> list[str]:
    """The words of a line, without its numbers and curves."""
    return [
        word
        for word in line.split()
        if re.search(r"[^\W\d]", word) and not re.search(rf"[\d{LEVELS}]|inf", word)
    ]


def printed(workspace: Path, example: str) -> tuple[list[str], list[str]]:
    """The lines that the guide shows, and those that the command prints."""
    command, *shown = example.replace("\\\n", "").replace("results/paper", "results").splitlines()
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
