"""What a person sees while the workflow runs: a line a job, and at the end what came of it.

Snakemake prints some twenty lines a job; they all stand in its log under ``.snakemake/log``. What
trainings say of themselves (``chaoslearn.training.progress``) goes to the terminal beside this.
``snakemake_logger_plugin_chaoslearn`` hands on what Snakemake logs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

TARGETS = "all"  # the rule that makes nothing itself


@dataclass
class Job:
    """One job of this run, as far as a person cares."""

    rule: str
    place: str
    outputs: list[str]
    log: list[str]
    began: float
    seconds: float | None = None
    failed: bool = False

    @property
    def name(self) -> str:
        """Rule and what it was made for."""
        return f"{self.rule} {self.place}".rstrip()


@dataclass
class Terminal:
    """Turns Snakemake's events into lines.

    Attributes
    ----------
    clock : seconds, for how long jobs take.
    """

    clock: Callable[[], float] = time.monotonic
    total: int = 0
    jobs: dict[int, Job] = field(default_factory=dict)
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def planned(self, jobs: Mapping[str, int]) -> str:
        """``jobs`` by rule (and "total") are to be done."""
        counts = {rule: n for rule, n in jobs.items() if rule not in (TARGETS, "total")}
        self.total = sum(counts.values())
        return f"{self.total} jobs: " + ", ".join(f"{n} {rule}" for rule, n in counts.items())

    def started(self, event: Mapping[str, Any]) -> None:
        """A job begins, perhaps once more after it has failed."""
        self.jobs[event["jobid"]] = Job(
            event["rule_name"],
            "/".join(event["wildcards"].values()),
            list(event["output"]),
            list(event["log"]),
            self.clock(),
        )

    def finished(self, number: int) -> str:
        """A job is done; empty for the one that makes nothing."""
        job = self.jobs[number]
        if job.rule == TARGETS:
            return ""
        job.seconds = self.clock() - job.began
        done = sum(each.seconds is not None for each in self.jobs.values())
        digits = len(str(self.total))
        return f"[{done:{digits}} of {self.total}] {job.name}: {duration(job.seconds)}"

    def failed(self, number: int) -> str:
        """A job has failed; what it said stands above and in its log."""
        job = self.jobs[number]
        job.failed = True
        return f"[failed] {job.name}{_see(job.log)}"

    @property
    def any_failed(self) -> bool:
        """Whether a job has failed and not been made since."""
        return any(job.failed for job in self.jobs.values())

    def summary(self) -> list[str]:
        """What was made, where and how long it took; what failed, and where its log is."""
        if not self.total:
            return []
        made = [job for job in self.jobs.values() if job.seconds is not None]
        failed = [job for job in self.jobs.values() if job.failed]
        lines = [
            f"{len(made)} of {self.total} jobs done in {duration(self.clock() - self._began)}",
            *_table(made),
        ]
        if failed:
            missing = self.total - len(made) - len(failed)
            lines.append(f"{len(failed)} failed, and {missing} more were not tried or not ended:")
            lines += [f"  {job.name}{_see(job.log)}" for job in failed]
        return lines


def duration(seconds: float) -> str:
    """As a person says it: "7 s", "3 min 20 s", "2 h 5 min"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _table(jobs: Collection[Job]) -> list[str]:
    """Per rule: how many jobs, their mean time, and where their files lie."""
    by_rule: dict[str, list[Job]] = {}
    for job in jobs:
        by_rule.setdefault(job.rule, []).append(job)
    width = max(map(len, by_rule), default=0)
    return [
        f"  {rule:{width}} {len(made):4} × {duration(sum(times) / len(times)):>11}  {_where(made)}"
        for rule, made in by_rule.items()
        for times in [[job.seconds or 0.0 for job in made]]
    ]


def _where(jobs: Collection[Job]) -> str:
    outputs = [path for job in jobs for path in job.outputs]
    return outputs[0] if len(outputs) == 1 else os.path.commonpath(outputs) + os.sep


def _see(logs: list[str]) -> str:
    return f", see {' '.join(logs)}" if logs else ""
