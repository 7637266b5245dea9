"""What is not up to date is listed, what cannot be read is removed, and nothing else."""

import fcntl
from pathlib import Path

import pytest
import xarray as xr

from chaoslearn.check import stale_files
from chaoslearn.provenance import Job

SCRIPT = Path(__file__).parents[1] / "scripts" / "collect_blocks.py"


def job(path: Path, *parents: Job, **settings: int) -> Job:
    return Job(str(path), SCRIPT, (), settings, {"made_from": parents})


def write(job: Job) -> Job:
    path = Path(job.path)
    if path.suffix == ".nc":
        xr.Dataset(attrs={"key": job.key}).to_netcdf(path, engine="netcdf4")
    else:
        path.write_text("drawn")
    return job


@pytest.fixture
def chain(tmp_path: Path) -> tuple[Job, Job, Job]:
    """A series, its exponents and their figure, all made."""
    series = write(job(tmp_path / "series.nc", length=10))
    exponents = write(job(tmp_path / "exponents.nc", series))
    return series, exponents, write(job(tmp_path / "figure.pdf", exponents))


def faults(*jobs: Job) -> dict[str, str]:
    return {Path(path).name: fault for path, fault in stale_files(jobs)}


def test_what_was_just_made_is_up_to_date(chain: tuple[Job, Job, Job]) -> None:
    assert faults(*chain) == {}


def test_a_file_that_several_ask_for_is_listed_once(chain: tuple[Job, Job, Job]) -> None:
    Path(chain[0].path).write_text("damaged")
    assert list(stale_files([*chain, *chain])) == [(chain[0].path, "damaged")]


def test_a_changed_setting_makes_all_below_stale(
    chain: tuple[Job, Job, Job], tmp_path: Path
) -> None:
    series, _, _ = chain
    exponents = job(tmp_path / "exponents.nc", series, starts=3)
    figure = job(tmp_path / "figure.pdf", exponents)
    assert faults(series, exponents, figure) == {"exponents.nc": "stale", "figure.pdf": "stale"}


def test_a_damaged_file_is_not_a_reason_to_distrust_what_its_key_vouches_for(
    chain: tuple[Job, Job, Job],
) -> None:
    series = Path(chain[0].path)
    series.write_bytes(series.read_bytes()[:100])
    assert faults(*chain) == {"series.nc": "damaged"}


def test_a_sound_file_that_another_program_holds_is_not_called_damaged(
    chain: tuple[Job, Job, Job],
) -> None:
    with open(chain[0].path, "r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        found = faults(chain[0])
    assert found["series.nc"].startswith("not to be opened (")
    assert faults(chain[0]) == {}


def test_what_is_written_beside_a_file_is_missed(tmp_path: Path) -> None:
    drawn = Job(str(tmp_path / "figure.pdf"), SCRIPT, (), {}, {}, beside=(".png", ".svg"))
    write(drawn)
    Path(drawn.files[1]).write_text("drawn")
    assert faults(drawn) == {"figure.pdf": "without figure.svg"}
    Path(drawn.files[2]).write_text("drawn")
    assert faults(drawn) == {}


def test_a_missing_file_and_the_figure_made_from_it(chain: tuple[Job, Job, Job]) -> None:
    Path(chain[1].path).unlink()
    assert faults(*chain) == {"exponents.nc": "missing", "figure.pdf": "stale"}
