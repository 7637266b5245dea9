"""Who is at work in a folder, so that what a killed run left behind does not stop the next one.

Snakemake's own lock files outlive a run that is killed, and do not say whose they are. So every
Snakemake process holds, as long as it lives, a shared lock of the operating system on one file of
its folder. Whoever gets that lock for itself is alone there, and what it finds is a dead run's.
"""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from chaoslearn.errors import InputError

SECONDS_TO_END = 5.0


def enter(folder: Path, results: Path, *, writes: bool) -> None:
    """Take part in the work in ``folder``, until this process ends; alone, clear up first.

    Where others are alive nothing is cleared: Snakemake's own locks then say who may write.

    Parameters
    ----------
    folder : Snakemake's records, ``.snakemake``.
    results : what the workflow makes.
    writes : not a dry run; it is told in one line that another run holds the folder.

    Raises
    ------
    InputError : the folder cannot be written.
    """
    try:
        folder.mkdir(exist_ok=True)
        # Never closed: the lock is let go by the operating system, however this process ends.
        descriptor = os.open(folder / "at_work", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error}); make it writable") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_alone = True
    except BlockingIOError:
        is_alone = False
    except OSError:  # a file system without such locks: Snakemake's own have to do
        return
    if is_alone:
        _clear(folder, results, writes=writes)
    elif writes and _locks(folder):
        _say(f"another run is at work in {folder.absolute().parent}; wait until it has ended")
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def _clear(folder: Path, results: Path, *, writes: bool) -> None:
    """Undo what a killed run left: locks, jobs nobody waits for; and a killed job: half a file.

    A run that lost a job, to a limit of memory or time, ends in order and leaves no locks; only
    who writes then looks through all results for such files.
    """
    locks = _locks(folder)
    if locks:
        _end(_jobs(folder))
    elif not writes:
        return
    for path in (*results.rglob("*.partial-*"), *locks):
        path.unlink()
    if locks:
        _say(f"an earlier run was killed: unlocked {folder.absolute().parent}")


def _locks(folder: Path) -> list[Path]:
    return list((folder / "locks").glob("*.lock"))


def _jobs(folder: Path) -> list[psutil.Process]:
    """Processes on this machine that run a script Snakemake has put into ``folder``."""
    scripts = str(folder.absolute() / "scripts") + os.sep
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(part.startswith(scripts) for part in process.info["cmdline"] or ())
    ]


def _end(jobs: list[psutil.Process]) -> None:
    for job in jobs:
        with suppress(psutil.NoSuchProcess):  # ended by itself meanwhile
            job.terminate()
    for job in psutil.wait_procs(jobs, SECONDS_TO_END)[1]:
        with suppress(psutil.NoSuchProcess):
            job.kill()


def _say(line: str) -> None:
    print(f"chaoslearn: {line}", file=sys.stderr)
