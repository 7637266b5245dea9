"""Snakemake's records as they reach the terminal."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from snakemake.logging import DefaultFormatter
from snakemake_interface_logger_plugins.common import LogEvent

from snakemake_logger_plugin_chaoslearn import LogHandler


def handler(*, dryrun: bool = False) -> LogHandler:
    made = LogHandler(SimpleNamespace(dryrun=dryrun), None)
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


def test_jobs_that_quiet_keeps_back_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """With ``--quiet rules`` nobody is told what a job is, only that it ended."""
    shown = handler()
    shown.emit(record("Job stats:", LogEvent.RUN_INFO, stats={"plot": 3, "all": 1, "total": 4}))
    shown.emit(record("Finished", LogEvent.JOB_FINISHED, job_id=3))
    shown.emit(record("Error in rule", LogEvent.JOB_ERROR, logging.ERROR, jobid=2))
    shown.close()
    assert capsys.readouterr().err.splitlines() == [
        "3 jobs: 3 plot",
        "[failed] job 2",
        "1 of 3 jobs done in 0 s",
        "1 failed, and 1 more were not tried or not ended:",
        "  job 2",
    ]


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
