"""No two jobs on one slot of a card, and the slot of a killed job is free."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from chaoslearn.devices import claimed_card
from chaoslearn.errors import InputError

CARDS = ["GPU-left", "GPU-right"]
# Says which card it has and holds it until its input ends.
JOB = f"""
import logging, pathlib, sys
from chaoslearn import devices
logging.basicConfig(level=logging.INFO, format="%(message)s")
devices.SECONDS_BETWEEN_TRIES = 0.05
with devices.claimed_card({CARDS}, int(sys.argv[2]), pathlib.Path(sys.argv[1])) as index:
    print(index, flush=True)
    sys.stdin.read()
"""
Begin = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def begin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Begin]:
    """Begins a job on the pretend cards, in a process of its own."""
    jobs: list[subprocess.Popen[str]] = []

    def one() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", JOB, str(tmp_path), str(getattr(request, "param", 1))]
        jobs.append(subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True))
        return jobs[-1]

    yield one
    for job in jobs:
        with job:
            job.kill()


def card(job: subprocess.Popen[str]) -> int:
    assert job.stdout is not None
    return int(job.stdout.readline())


def test_a_third_job_waits_for_the_first_of_two_cards_that_is_free(begin: Begin) -> None:
    jobs = [begin(), begin()]
    held = [card(job) for job in jobs]
    assert sorted(held) == [0, 1]
    third = begin()
    assert third.stderr is not None
    assert third.stderr.readline() == "all 2 slots taken; waiting for a card\n"
    jobs[0].communicate()
    assert card(third) == held[0]


def test_a_killed_job_frees_its_card(begin: Begin) -> None:
    jobs = [begin(), begin()]
    held = [card(job) for job in jobs]
    jobs[1].kill()
    assert card(begin()) == held[1]


@pytest.mark.parametrize("begin", [2], indirect=True)
def test_jobs_share_a_card_only_when_each_has_one(begin: Begin) -> None:
    held = [card(begin()) for _ in range(4)]
    assert sorted(held[:2]) == [0, 1]
    assert sorted(held) == [0, 0, 1, 1]


def test_a_card_is_free_again_when_its_job_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), claimed_card(["one"], folder=tmp_path):
        raise ZeroDivisionError
    with claimed_card(["one"], folder=tmp_path) as index:
        assert index == 0


@pytest.mark.parametrize(("cards", "jobs"), [([], 1), (["one"], 0)])
def test_no_card_or_no_job_is_an_error(cards: list[str], jobs: int, tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match="a job that trains on a card needs one"),
        claimed_card(cards, jobs, tmp_path),
    ):
        pass
