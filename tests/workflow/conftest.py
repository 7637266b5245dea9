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
    "Makefile",
    "pyproject.toml",
)
TINY = Path(__file__).with_name("tiny.yaml")
SMOKE = ("--configfile", "config/smoke.yaml")


@dataclass(frozen=True)
class Project:
    """A checkout in which Snakemake can be called and files can be edited.

    Attributes
    ----------
    folder : where it lies; the package that runs is the one in it.
    config : how Snakemake is told the configuration, beside config.yaml.
    """

    folder: Path
    config: tuple[str, ...] = SMOKE

    def snakemake(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the workflow to its end."""
        return self.run(sys.executable, "-m", "snakemake", "--cores", "2", *arguments, *self.config)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``make`` in the environment of these tests, which needs no setting up."""
        (self.folder / ".installed").touch()
        places = (f"VENV={sys.prefix}", "INSTALLED=.installed")
        return self.run("make", *places, "CORES=2", *arguments)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder to its end."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """With the package of this folder."""
        return os.environ | {"PYTHONPATH": str(self.folder / "src"), "OMP_NUM_THREADS": "1"}

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


def tiny_checkout(folder: Path) -> Project:
    """The project with ``tiny.yaml`` in place of its config."""
    checkout(folder)
    shutil.copy(TINY, folder / "config.yaml")
    return Project(folder, config=())


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


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny workflow, run from nothing to its end."""
    project = tiny_checkout(tmp_path_factory.mktemp("tiny"))
    run = project.snakemake()
    assert run.returncode == 0, (run.stdout + run.stderr)[-4000:]
    return project
