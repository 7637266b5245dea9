"""kill -9, of the run or of one of its jobs, and two runs in one folder."""

from pathlib import Path

import pytest
from conftest import Project
from disturbing import assert_same_results, begin, trainings, untrained

pytestmark = pytest.mark.slow


def test_make_goes_on_after_snakemake_was_killed(undisturbed: Project, tmp_path: Path) -> None:
    project = untrained(undisturbed, tmp_path / "copy")
    process = begin(project)
    process.kill()
    process.wait()
    assert list(project.folder.glob(".snakemake/locks/*.lock"))
    assert trainings(project), "a killed run leaves its jobs at work"
    again = project.make()
    assert again.returncode == 0, again.stderr[-2000:]
    assert "an earlier run was killed: unlocked" in again.stderr
    assert trainings(project) == []
    assert_same_results(project, undisturbed)
    assert project.planned() == {}


def test_a_killed_training_is_told_and_the_next_run_makes_the_rest(
    undisturbed: Project, tmp_path: Path
) -> None:
    project = untrained(undisturbed, tmp_path / "copy")
    process = begin(project)
    trainings(project)[0].kill()
    said, _ = process.communicate()
    assert process.returncode != 0
    told = [line for line in said.splitlines() if line.startswith("[failed] train_block")]
    assert len(told) == 1
    assert "see results/logs/train_block/lorenz63/rnn/" in told[0]
    assert "1 failed, and" in said
    again = project.snakemake()
    assert again.returncode == 0, again.stderr[-2000:]
    assert_same_results(project, undisturbed)


def test_a_second_run_in_the_folder_refuses(undisturbed: Project, tmp_path: Path) -> None:
    project = untrained(undisturbed, tmp_path / "copy")
    process = begin(project)
    second = project.snakemake()
    assert second.returncode != 0
    assert "another run is at work in" in second.stderr
    assert project.planned(), "a dry run may look on"
    said, _ = process.communicate()
    assert process.returncode == 0, said[-2000:]
    assert_same_results(project, undisturbed)
