"""A results folder without room, and one that is read-only: one clear line, then a clean rerun."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Project
from disturbing import assert_same_results, untrained

pytestmark = pytest.mark.slow


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Something mounted on ``folder`` for a while; it takes root, and a kernel that lets it."""
    try:
        subprocess.run(["mount", *options, folder], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"nothing can be mounted here (needs root): {error}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def errors(run: subprocess.CompletedProcess[str]) -> list[str]:
    assert run.returncode != 0
    return [line for line in run.stderr.splitlines() if line.startswith("error:")]


def test_a_full_disk_is_told_and_after_making_room_the_rest_is_made(
    undisturbed: Project, tmp_path: Path
) -> None:
    project = untrained(undisturbed, tmp_path / "copy")
    results = project.folder / "results"
    for path in results.glob("series/*"):
        path.unlink()
    with mounted(results, "-t", "tmpfs", "-o", "size=300k", "tmpfs"):
        told = errors(project.snakemake())
        assert told
        assert all("cannot be written" in line and "make room" in line for line in told)
        assert list(results.glob("**/*partial*")) == []
        subprocess.run(["mount", "-o", "remount,size=64m", results], check=True)
        again = project.snakemake()
        assert again.returncode == 0, again.stderr[-2000:]
        assert_same_results(project, undisturbed)


def test_a_read_only_folder_is_told_before_anything_is_computed(
    undisturbed: Project, tmp_path: Path
) -> None:
    project = untrained(undisturbed, tmp_path / "copy")
    results = project.folder / "results"
    with mounted(results, "--bind", str(results)):
        subprocess.run(["mount", "-o", "remount,bind,ro", results], check=True)
        (told,) = errors(project.snakemake())
        assert "config: results: results cannot be written" in told
        assert not (results / "training").exists()
    again = project.snakemake()
    assert again.returncode == 0, again.stderr[-2000:]
    assert_same_results(project, undisturbed)
