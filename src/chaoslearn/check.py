"""Which results are not what code and config say now: ``make check``.

For results that travelled without Snakemake's own records. Every netCDF file carries the key of the
job that made it; a file is stale where that differs from the key of the job as it stands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xarray as xr

from chaoslearn.config import read
from chaoslearn.errors import InputError
from chaoslearn.provenance import Job
from chaoslearn.study import Study


def stale_files(jobs: Iterable[Job]) -> Iterator[tuple[str, str]]:
    """The path of each netCDF file that is not up to date, and why: missing, unreadable, stale."""
    for job in jobs:
        if job.path.endswith(".nc"):
            fault = _fault(Path(job.path), job.key)
            if fault:
                yield job.path, fault


def main(arguments: Sequence[str]) -> int:
    """Check the results of ``config.yaml`` with the configs named in ``arguments`` laid over it."""
    try:
        study = Study(read("config.yaml", *arguments), Path())
        faults = list(stale_files(study.jobs()))
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for path, fault in faults:
        print(f"{fault}: {path}")
    print(f"{len(faults)} files are not up to date" if faults else "all files are up to date")
    return 1 if faults else 0


def _fault(path: Path, key: str) -> str:
    if not path.is_file():
        return "missing"
    try:
        with xr.open_dataset(path, engine="netcdf4") as dataset:
            found = dataset.attrs.get("key")
    except (OSError, RuntimeError, ValueError):
        return "unreadable"
    return "" if found == key else "stale"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
