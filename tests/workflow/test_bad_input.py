"""A mistake ends in one clear line, an exit code that is not zero, and nothing half-written."""

from collections.abc import Callable

import pytest
from conftest import Project

pytestmark = pytest.mark.slow


def told(project: Project, *targets: str) -> list[str]:
    """The lines that begin with ``error:`` of a run that must fail."""
    run = project.snakemake(*targets)
    assert run.returncode != 0
    return [line for line in (run.stdout + run.stderr).splitlines() if line.startswith("error:")]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("seed: 2022", "seed: 2022\ncolour: red", "config: colour: unknown key"),
        ("cells: [rnn, lstm, plrnn]", "cells: [rnn, lstn]", "cell 'lstn': unknown"),
        ("learning_rate: 3.0e-3", "learning_rate: 3e-3", "write 1.0e-3"),
        ("figure: sweep", "figure: swoop", "experiments.fig1a.figure"),
    ],
)
def test_a_mistake_in_the_config(empty: Project, old: str, new: str, line: str) -> None:
    empty.edit("config.yaml", old, new)
    (said,) = told(empty)
    assert line in said
    assert not (empty.folder / "results").exists()


def test_a_file_that_is_not_there(empty: Project) -> None:
    (empty.folder / "tests/data/roessler.csv").unlink()
    (said,) = told(empty)
    assert "tests/data/roessler.csv does not exist; check the path" in said


@pytest.mark.parametrize(
    ("value", "line"), [("nan", "nan"), ("twelve", "twelve")], ids=["nan", "text"]
)
def test_a_cell_that_is_no_number(empty: Project, value: str, line: str) -> None:
    data = empty.folder / "tests/data/roessler.csv"
    lines = data.read_text().splitlines()
    cells = lines[40].split(",")
    lines[40] = ",".join([cells[0], value, *cells[2:]])
    data.write_text("\n".join(lines) + "\n")
    (said,) = told(empty, "results/smoke/series/measured.nc")
    assert "roessler.csv" in said
    assert line in said
    assert list(empty.folder.glob("results/smoke/series/*")) == []


def test_a_truncated_file_from_elsewhere(copy: Callable[[], Project]) -> None:
    """Snakemake does not see that an input is damaged; the job that reads it says so."""
    project = copy()
    series = project.folder / "results/smoke/series/lorenz63_published.nc"
    series.write_bytes(series.read_bytes()[:5000])
    project.edit("config.yaml", "transient: 50.0", "transient: 51.0")
    run = project.snakemake(
        "results/smoke/exponents/lorenz63_published.nc", "--allowed-rules", "estimate_exponents"
    )
    said = [line for line in run.stderr.splitlines() if line.startswith("error:")]
    assert run.returncode != 0
    assert "lorenz63_published.nc: not a readable netCDF file" in said[0]
    assert "delete it" in said[0]


def test_too_few_samples_for_a_window(empty: Project) -> None:
    empty.edit("config/smoke.yaml", "columns: [x, y]", "columns: [x, y]\n    test_share: 0.95")
    empty.edit("config/smoke.yaml", "forcings: [sparse-auto]", "forcings: [sparse-10]")
    target = "results/smoke/training/measured/rnn/sparse-10/block-0.nc"
    (said,) = told(empty, target)
    assert "series measured: 100 training samples, but a window of 200 steps needs 201" in said
    assert not (empty.folder / target).exists()
