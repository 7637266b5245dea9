"""A copy of the project in a folder of its own, and the smoke workflow run there once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (
    "Snakefile",
    "config.yaml",
    "config",
    "workflow",
    "scripts",
    "profiles",
    "envs",
    "src",
    "tests/data",
)


@dataclass(frozen=True)
class Project:
    """A checkout in which Snakemake can be called and files can be edited."""

    folder: Path

    def snakemake(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the smoke configuration; the package is the one in this folder."""
        environment = os.environ | {"PYTHONPATH": str(self.folder / "src"), "OMP_NUM_THREADS": "1"}
        return subprocess.run(
            [
                sys.executable, "-m", "snakemake", "--cores", "2",
                *arguments, "--configfile", "config/smoke.yaml",
            ],
            cwd=self.folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def planned(self) -> dict[str, int]:
        """The jobs a run would make, by rule; empty where there is nothing to be done."""
        run = self.snakemake("--dry-run")
        assert run.returncode == 0, run.stderr[-2000:]
        table = (run.stdout + run.stderr).rpartition("Job stats:")[2]
        rows = re.findall(r"^(\w+) +(\d+)$", table, re.MULTILINE)
        return {rule: int(count) for rule, count in rows if rule not in ("total", "all")}

    def planned_files(self) -> list[str]:
        """The paths under the results folder that a run would make."""
        run = self.snakemake("--dry-run")
        outputs = re.findall(r"^    output: (.*)$", run.stdout + run.stderr, re.MULTILINE)
        return [path for line in outputs for path in line.split(", ")]

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace ``old`` by ``new`` in a file, once."""
        file = self.folder / path
        text = file.read_text()
        assert old in text, f"{path} no longer holds {old!r}"
        file.write_text(text.replace(old, new, 1))


def checkout(folder: Path) -> Project:
    """The project's files, copied to ``folder``; compiled kernels come along."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return Project(folder)


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """A checkout without results."""
    return checkout(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smoke workflow, run from nothing, with its report."""
    project = checkout(tmp_path_factory.mktemp("project"))
    run = project.snakemake("--report", "report.html", "--report-after-run")
    assert run.returncode == 0, (run.stdout + run.stderr)[-4000:]
    return project


@pytest.fixture
def copy(finished: Project, tmp_path: Path) -> Callable[[], Project]:
    """Another copy with results and Snakemake's records, all times new."""

    def make() -> Project:
        folder = tmp_path / "copy"
        shutil.copytree(finished.folder, folder, copy_function=shutil.copyfile)
        return Project(folder)

    return make
