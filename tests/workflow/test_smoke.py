"""The whole graph at a small scale: every file is there, described, and made only once."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from conftest import Project

from chaoslearn.check import stale_files
from chaoslearn.config import read
from chaoslearn.study import Study

pytestmark = pytest.mark.slow


def study(project: Project) -> Study:
    """Of the smoke configuration; call it in the project's folder."""
    return Study(read("config.yaml", "config/smoke.yaml"), project.folder)


def test_every_file_is_made_and_carries_its_key(
    finished: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(finished.folder)
    for job in study(finished).jobs():
        assert Path(job.path).is_file(), job.path
        if job.path.endswith(".nc"):
            with xr.open_dataset(job.path) as dataset:
                assert dataset.attrs["key"]
                assert json.loads(dataset.attrs["settings"]) is not None
                for name, variable in dataset.variables.items():
                    assert {"long_name", "units"} <= variable.attrs.keys(), (job.path, name)
        if job.path.endswith(".pdf"):
            assert Path(job.path).with_suffix(".png").stat().st_size > 5000


def test_a_check_finds_exactly_what_is_stale_or_broken(
    copy: Callable[[], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copy()
    monkeypatch.chdir(project.folder)
    assert list(stale_files(study(project).jobs())) == []
    truncated = project.folder / "results/smoke/series/lorenz63_published.nc"
    truncated.write_bytes(truncated.read_bytes()[:5000])
    (project.folder / "results/smoke/tables/measures.nc").unlink()
    project.edit("config/smoke.yaml", "free_runs: {steps: 10000}", "free_runs: {steps: 9000}")
    faults = dict(stale_files(study(project).jobs()))
    assert faults.pop("results/smoke/series/lorenz63_published.nc") == "damaged"
    assert faults.pop("results/smoke/tables/measures.nc") == "missing"
    assert set(faults.values()) == {"stale"}
    assert {path.split("/")[2] for path in faults} == {
        "free_runs",
        "measures",
        "figures",
        "scorecard.csv",
    }
    drawn = {path for path in faults if "/figures/" in path}
    assert not any("divergence" in path or "fig4" in path for path in drawn)
    assert "results/smoke/figures/fig2.pdf" in drawn


def test_the_report_is_made(finished: Project) -> None:
    text = (finished.folder / "report.html").read_text()
    assert "fig1a" in text
    assert len(text) > 500_000


def test_afterwards_nothing_is_planned(finished: Project) -> None:
    assert finished.planned() == {}


def test_no_job_leaves_a_partial_file(finished: Project) -> None:
    assert list(finished.folder.glob("results/**/.*partial*")) == []


def test_the_exponents_are_those_of_the_equations(finished: Project) -> None:
    with xr.open_dataset(
        finished.folder / "results/smoke/exponents/lorenz63_published.nc"
    ) as exponents:
        sigma_rho_beta = -(10 + 1 + 8 / 3)
        np.testing.assert_allclose(exponents["exponent"].sum(), sigma_rho_beta, atol=0.01)
        np.testing.assert_allclose(exponents["exponent"][0], 1.105, atol=0.05)


def test_the_parents_of_each_job_are_the_inputs_of_its_rule(
    finished: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys follow the same graph as the rules."""
    monkeypatch.chdir(finished.folder)
    run = finished.snakemake("--dry-run", "--forceall")
    text = run.stdout + run.stderr
    made: dict[str, set[str]] = {}
    inputs: set[str] = set()
    for line in text.splitlines():
        if line.startswith("    input: "):
            inputs = set(line.removeprefix("    input: ").split(", "))
        elif line.startswith("    output: "):
            made |= dict.fromkeys(line.removeprefix("    output: ").split(", "), inputs)
            inputs = set()
        elif not line.strip():
            inputs = set()
    for job in study(finished).jobs():
        assert {parent.path for parent in job.parents} == made[job.path], job.path
