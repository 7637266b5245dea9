"""Files cut short, a config that changes under a run, a training that fails once after a change."""

import shutil
from pathlib import Path

import pytest
from conftest import Project
from disturbing import assert_same_results, begin, trainings, untrained

pytestmark = pytest.mark.slow

CHANGE = ("config.yaml", "learning_rate: 1.0e-3", "learning_rate: 2.0e-3")


@pytest.fixture(scope="session")
def changed(undisturbed: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What an undisturbed run makes of another learning rate."""
    project = untrained(undisturbed, tmp_path_factory.mktemp("changed") / "copy")
    project.edit(*CHANGE)
    run = project.snakemake()
    assert run.returncode == 0, run.stderr[-2000:]
    return project


def test_a_truncated_file_is_told_removed_by_a_check_and_made_again(
    undisturbed: Project, tmp_path: Path
) -> None:
    project = Project(tmp_path / "copy", undisturbed.config)
    shutil.copytree(undisturbed.folder, project.folder, symlinks=True)
    path = "results/training/lorenz63/rnn/sparse-10.nc"
    damaged = project.folder / path
    damaged.write_bytes(damaged.read_bytes()[:4000])
    reader = project.snakemake(
        "--allowed-rules", "generate_free_runs", "--until", "generate_free_runs"
    )
    (told,) = [line for line in reader.stderr.splitlines() if line.startswith("error:")]
    assert told.startswith(f"error: {path}: not a readable netCDF file")
    assert told.endswith("delete it and run the workflow again")
    check = project.make("check")
    assert f"damaged and removed: {path}" in check.stdout.splitlines()
    assert not damaged.exists()
    again = project.snakemake()
    assert again.returncode == 0, again.stderr[-2000:]
    assert_same_results(project, undisturbed)
    assert project.make("check").returncode == 0


def test_after_a_change_and_a_failure_nothing_old_is_left(
    undisturbed: Project, changed: Project, tmp_path: Path
) -> None:
    project = Project(tmp_path / "copy", undisturbed.config)
    shutil.copytree(undisturbed.folder, project.folder, symlinks=True)
    project.edit(*CHANGE)
    process = begin(project)
    for training in trainings(project):
        training.kill()
    process.communicate()
    assert process.returncode != 0
    again = project.snakemake()
    assert again.returncode == 0, again.stderr[-2000:]
    assert_same_results(project, changed)


def test_a_config_edited_while_running_counts_for_the_next_run(
    undisturbed: Project, changed: Project, tmp_path: Path
) -> None:
    project = untrained(undisturbed, tmp_path / "copy")
    process = begin(project)
    project.edit(*CHANGE)
    said, _ = process.communicate()
    assert process.returncode == 0, said[-2000:]
    assert_same_results(project, undisturbed)
    again = project.snakemake()
    assert again.returncode == 0, again.stderr[-2000:]
    assert_same_results(project, changed)


def test_code_edited_while_running_ends_what_began_later_until_it_is_taken_back(
    undisturbed: Project, tmp_path: Path
) -> None:
    """Else a measure taken with the edit would stand under the key of the code without it."""
    edit = (
        "src/chaoslearn/measures/prediction.py",
        "HORIZONS = (1, 5, 20)",
        "HORIZONS = (1, 5, 21)",
    )
    project = untrained(undisturbed, tmp_path / "copy")
    process = begin(project)
    project.edit(*edit)
    said, _ = process.communicate()
    assert process.returncode != 0
    assert "error: the code was edited since this run began" in said
    path, new, old = edit
    project.edit(path, old, new)
    again = project.snakemake()
    assert again.returncode == 0, again.stderr[-2000:]
    assert_same_results(project, undisturbed)
