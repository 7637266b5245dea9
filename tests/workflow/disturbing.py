"""Runs that can be disturbed: how they begin, the processes in them, and what must come out."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import xarray as xr
from conftest import Project

PATIENCE = 120.0


def untrained(finished: Project, folder: Path) -> Project:
    """A copy of a finished run that has to train again, and make all that lies below."""
    shutil.copytree(finished.folder, folder, symlinks=True)
    shutil.rmtree(folder / "results/training")
    return Project(folder, finished.config)


def begin(project: Project) -> subprocess.Popen[str]:
    """Start a run and come back when it is training."""
    process = subprocess.Popen(
        [sys.executable, "-m", "snakemake", "--cores", "2"],
        cwd=project.folder, env=project.environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while not trainings(project):
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"no training began: {process.communicate()[0][-2000:]}")
        time.sleep(0.05)
    return process


def trainings(project: Project) -> list[psutil.Process]:
    """The training jobs at work in a project."""
    scripts = str(project.folder / ".snakemake/scripts")
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(
            part.startswith(scripts) and part.endswith("train_block.py")
            for part in process.info["cmdline"] or ()
        )
    ]


def assert_same_results(project: Project, undisturbed: Project) -> None:
    """Every netCDF file of one run is in the other, with equal data and equal attributes."""
    expected, found = (
        sorted(path.relative_to(each.folder) for path in each.folder.glob("results/**/*.nc"))
        for each in (undisturbed, project)
    )
    assert expected
    assert found == expected
    for path in expected:
        with (
            xr.open_dataset(undisturbed.folder / path) as one,
            xr.open_dataset(project.folder / path) as other,
        ):
            xr.testing.assert_identical(one, other)
    assert list(project.folder.glob("results/**/*partial*")) == []
