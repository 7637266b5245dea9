"""Which results are not what code and config say now: ``make check``.

For results that travelled without Snakemake's own records. Every netCDF file carries the key of the
job that made it; a file is stale where that differs from the key of the job as it stands. Figures
and tables carry none: they are stale where something they are made from is not up to date.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xarray as xr

from chaoslearn.config import read
from chaoslearn.errors import InputError
from chaoslearn.provenance import Job
from chaoslearn.store import UNREADABLE
from chaoslearn.study import Study

DAMAGED = "damaged"


def stale_files(jobs: Iterable[Job]) -> Iterator[tuple[str, str]]:
    """The path of each file that is not up to date, and why: missing, damaged, stale and so on."""
    faults: dict[str, str] = {}
    for job in {job.path: job for job in jobs}.values():  # some are asked for by several
        fault = _fault(job, faults)
        if fault:
            yield job.path, fault


def main(arguments: Sequence[str]) -> int:
    """Check the results of ``config.yaml`` with the configs named in ``arguments`` laid over it.

    What is damaged is removed, so that the next run makes it again.
    """
    try:
        study = Study(read("config.yaml", *arguments), Path())
        faults = list(stale_files(study.jobs()))
        for path, fault in faults:
            if fault == DAMAGED:
                _remove(Path(path))
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for path, fault in faults:
        print(f"{fault}{' and removed' if fault == DAMAGED else ''}: {path}")
    print(f"{len(faults)} files are not up to date" if faults else "all files are up to date")
    return 1 if faults else 0


def _fault(job: Job, known: dict[str, str]) -> str:
    """What is wrong with a job's file, "" if nothing; ``known`` keeps every answer by path."""
    if job.path not in known:
        known[job.path] = _own_fault(job)
        carries_key = job.path.endswith(".nc")
        if not known[job.path] and not carries_key and any(_fault(p, known) for p in job.parents):
            known[job.path] = "stale"
    return known[job.path]


def _own_fault(job: Job) -> str:
    path = Path(job.path)
    missing = [file for file in job.files if not Path(file).is_file()]
    if missing:
        return "missing" if str(path) in missing else f"without {Path(missing[0]).name}"
    if path.suffix != ".nc":
        return ""
    try:
        found = _key(path)
    except UNREADABLE as error:
        return DAMAGED if _is_damaged(path) else f"not to be opened ({error})"
    return "" if found == job.key else "stale"


def _key(path: Path) -> str | None:
    with xr.open_dataset(path, engine="netcdf4", decode_times=False) as dataset:
        key: str | None = dataset.attrs.get("key")
    return key


def _is_damaged(path: Path) -> bool:
    """Whether a copy cannot be read either: a lock, or no right to read, is no damage."""
    with TemporaryDirectory() as folder:
        try:
            copy = shutil.copyfile(path, Path(folder) / path.name)
        except OSError:  # not even its bytes can be read, so nothing is known of them
            return False
        try:
            _key(copy)
        except UNREADABLE:
            return True
    return False


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise InputError(f"{path}: cannot be read and not removed ({error}); delete it") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
