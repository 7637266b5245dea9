"""Snakemake's records as they reach the terminal."""

import logging
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from snakemake.logging import DefaultFormatter
from snakemake.settings.enums import Quietness
from snakemake_interface_logger_plugins.common import LogEvent

from snakemake_logger_plugin_chaoslearn import LogHandler


def handler(*, dryrun: bool = False, quiet: Sequence[Quietness] = ()) -> LogHandler:
    made = LogHandler(SimpleNamespace(dryrun=dryrun, quiet=quiet), None)
    made.setFormatter(DefaultFormatter())
    return made


def record(
    text: str, event: LogEvent | None = None, level: int = logging.INFO, **values: Any
) -> logging.LogRecord:
    made = logging.LogRecord("snakemake", level, "", 0, text, None, None)
    vars(made).update(values | ({"event": event} if event else {}))
    return made


def a_job(number: int) -> list[logging.LogRecord]:
    """What Snakemake logs for a job that ends well."""
    return [
        record("Select jobs to execute..."),
        record("Execute 1 jobs...", LogEvent.JOB_STARTED, jobs=[number]),
        record(
            "Rule", LogEvent.JOB_INFO, jobid=number, rule_name="train_block",
            wildcards={"series": "a"}, output=["results/a.nc"], log=["results/a.log"],
        ),
        record("Shell command: None", LogEvent.SHELLCMD),
        record("Finished", LogEvent.JOB_FINISHED, job_id=number),
        record("", LogEvent.PROGRESS, done=1, total=2),
    ]  # fmt: skip


def test_a_run_is_a_line_a_job_and_a_summary_once(capsys: pytest.CaptureFixture[str]) -> None:
    shown = handler()
    shown.emit(record("Job stats:", LogEvent.RUN_INFO, stats={"train_block": 1, "total": 1}))
    for each in a_job(1):
        shown.emit(each)
    shown.close()
    shown.close()
    assert capsys.readouterr().err.splitlines() == [
        "1 jobs: 1 train_block",
        "[1 of 1] train_block a: 0 s",
        "1 of 1 jobs done in 0 s",
        "  train_block    1 ×         0 s  results/a.nc",
    ]


@pytest.mark.parametrize(
    ("quiet", "told"),
    [
        (
            Quietness.RULES,
            ["3 jobs: 3 train_block", "[failed]", "1 of 3", "  train", "1 failed", "  "],
        ),
        (Quietness.PROGRESS, ["[failed]", "1 of 3", "  train", "1 failed", "  "]),
        (Quietness.ALL, ["[failed]", "1 of 3", "  train", "1 failed", "  "]),
    ],
)
def test_however_quiet_a_failure_is_told(
    quiet: Quietness, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = handler(quiet=[quiet])
    assert shown.has_filter  # else Snakemake's own filter would keep failures back
    stats = {"train_block": 3, "all": 1, "total": 4}
    shown.emit(record("Job stats:", LogEvent.RUN_INFO, stats=stats))
    shown.emit(record("host: mine", quietness=quiet))
    for number in (1, 2):
        *events, finished, _ = a_job(number)
        for each in events:
            shown.emit(each)
        failed = record("Error in rule", LogEvent.JOB_ERROR, logging.ERROR, jobid=2)
        shown.emit(finished if number == 1 else failed)
    shown.close()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(told)
    assert all(line.startswith(begin) for line, begin in zip(lines, told, strict=True))


def test_a_run_quiet_about_its_host_alone_tells_of_its_jobs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = handler(quiet=[Quietness.HOST])
    shown.emit(record("host: mine", quietness=Quietness.HOST))
    for each in a_job(1):
        shown.emit(each)
    assert capsys.readouterr().err.splitlines() == ["[1 of 0] train_block a: 0 s"]


def test_a_quiet_run_that_goes_well_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    shown = handler(quiet=[Quietness.ALL])
    shown.emit(record("Job stats:", LogEvent.RUN_INFO, stats={"train_block": 1, "total": 1}))
    for each in a_job(1):
        shown.emit(each)
    shown.close()
    assert capsys.readouterr().err == ""


def test_what_a_person_must_know_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    shown = handler()
    shown.emit(record("Nothing to be done (all requested files are present and up to date)."))
    shown.emit(record("LockException:\nError", LogEvent.ERROR, logging.ERROR))
    shown.emit(record("RuleException:\nCalledProcessError in file", level=logging.ERROR))
    shown.emit(record("Building DAG of jobs..."))
    assert capsys.readouterr().err.splitlines() == [
        "Nothing to be done (all requested files are present and up to date).",
        "LockException:",
        "Error",
    ]


def test_a_dry_run_is_as_snakemake_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    shown = handler(dryrun=True)
    shown.emit(record("Job stats:\njob  count", LogEvent.RUN_INFO, stats={}))
    shown.close()
    assert capsys.readouterr().err == "Job stats:\njob  count\n"
