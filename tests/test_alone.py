"""A folder is cleared up by whoever is alone in it, and only by them."""

import subprocess
import sys
from pathlib import Path

import pytest

from chaoslearn import alone

ENTER = """
import sys; from pathlib import Path; from chaoslearn import alone
alone.enter(Path(".snakemake"), Path("results"), writes=sys.argv[1] == "writes")
print("entered", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a killed run leaves it: locked, with a file half-written."""
    (tmp_path / ".snakemake/locks").mkdir(parents=True)
    (tmp_path / ".snakemake/locks/0.output.lock").write_text("results/series/a.nc\n")
    (tmp_path / "results/series").mkdir(parents=True)
    (tmp_path / "results/series/.a.nc.partial-1").write_text("half")
    (tmp_path / "results/series/b.nc").write_text("whole")
    return tmp_path


def enter(folder: Path, kind: str = "writes") -> subprocess.Popen[str]:
    """Another process that has entered ``folder`` and stays there until its stdin is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENTER, kind], cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "entered\n"
    return process


def locks(folder: Path) -> list[Path]:
    return list((folder / ".snakemake/locks").iterdir())


def test_alone_it_unlocks_and_removes_what_is_half_written(folder: Path) -> None:
    _, said = enter(folder).communicate()
    assert said == f"chaoslearn: an earlier run was killed: unlocked {folder}\n"
    assert locks(folder) == []
    assert [path.name for path in (folder / "results/series").iterdir()] == ["b.nc"]


@pytest.mark.parametrize("end", [subprocess.Popen.kill, subprocess.Popen.communicate])
def test_beside_a_live_one_nothing_is_cleared(folder: Path, end) -> None:
    first = enter(folder)
    (folder / ".snakemake/locks/0.output.lock").write_text("results/series/a.nc\n")
    _, said = enter(folder).communicate()
    assert said == f"chaoslearn: another run is at work in {folder}; wait until it has ended\n"
    assert enter(folder, "reads").communicate()[1] == ""
    assert len(locks(folder)) == 1
    end(first)
    first.wait()
    assert "unlocked" in enter(folder).communicate()[1]
    assert locks(folder) == []


@pytest.mark.slow
def test_jobs_that_nobody_waits_for_are_ended_and_no_other_process(folder: Path) -> None:
    left, other = (folder / place / "job.py" for place in (".snakemake/scripts", "elsewhere"))
    running = []
    for script in (left, other):
        script.parent.mkdir()
        script.write_text("import time; print('at work', flush=True); time.sleep(60)")
        running.append(
            subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
        )
        assert running[-1].stdout.readline() == "at work\n"
    enter(folder).communicate()
    assert running[0].wait(10) != 0
    assert running[1].poll() is None
    running[1].kill()
    running[1].wait()


def test_without_locks_only_half_written_files_go_and_nothing_is_said(folder: Path) -> None:
    for lock in locks(folder):
        lock.unlink()
    _, said = enter(folder).communicate()
    assert said == ""
    assert [path.name for path in (folder / "results/series").iterdir()] == ["b.nc"]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / ".snakemake").write_text("a file in the way")
    with pytest.raises(alone.InputError, match=r"\.snakemake: cannot be written"):
        alone.enter(tmp_path / ".snakemake", tmp_path / "results", writes=True)
