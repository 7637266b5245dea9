"""Snakemake's way in for ``chaoslearn.terminal``: named ``logger: [chaoslearn]`` in profiles."""

from __future__ import annotations

import sys
from logging import INFO, LogRecord

from snakemake.settings.enums import Quietness
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from chaoslearn.terminal import Terminal

# What Snakemake says each time, or once a job; its log keeps it.
LEFT_OUT = (
    "Assuming unrestricted", "Building DAG", "Using shell", "Conda environments:",
    "Select jobs", "Adding ", "Loading script", "Elapsed time",
)  # fmt: skip
# That a script ended with an error: it has said why itself, and the line of its job says that.
SCRIPT_FAILED = "RuleException:\nCalledProcessError"
LEFT_OUT_EVENTS = (
    LogEvent.WORKFLOW_STARTED, LogEvent.RESOURCES_INFO, LogEvent.JOB_STARTED, LogEvent.PROGRESS,
    LogEvent.SHELLCMD, LogEvent.GROUP_INFO, LogEvent.DEBUG_DAG, LogEvent.RULEGRAPH,
)  # fmt: skip
# What of Snakemake's --quiet holds for the line of the plan, and for those of finished jobs.
QUIET_ABOUT_THE_RUN = {Quietness.PROGRESS, Quietness.ALL}
QUIET_ABOUT_JOBS = QUIET_ABOUT_THE_RUN | {Quietness.RULES}


class LogHandler(LogHandlerBase):
    """Writes to the terminal what ``Terminal`` makes of the events; a dry run as Snakemake does."""

    writes_to_stream = True
    writes_to_file = False
    needs_rulegraph = False
    has_formatter = False

    def __post_init__(self) -> None:
        self.terminal = Terminal()
        self.quiet = set(self.common_settings.quiet or ())

    @property
    def has_filter(self) -> bool:
        """Whether Snakemake keeps nothing back: however quiet it is to be, failures are told."""
        return not self.common_settings.dryrun

    def emit(self, record: LogRecord) -> None:
        """Show one record, or leave it to Snakemake's log."""
        line = self.format(record) if self.common_settings.dryrun else self._line(record)
        if line:
            print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Say at the end what came of it all; it is called twice."""
        if Quietness.ALL not in self.quiet or self.terminal.any_failed:
            for line in self.terminal.summary():
                print(line, file=sys.stderr, flush=True)
        self.terminal = Terminal()
        super().close()

    def _line(self, record: LogRecord) -> str:
        event, values = getattr(record, "event", None), vars(record)
        if event == LogEvent.RUN_INFO:
            line = self.terminal.planned(values["stats"])
            return "" if self.quiet & QUIET_ABOUT_THE_RUN else line
        if event == LogEvent.JOB_INFO:
            self.terminal.started(values)
            return ""
        if event == LogEvent.JOB_FINISHED:
            line = self.terminal.finished(values["job_id"])
            return "" if self.quiet & QUIET_ABOUT_JOBS else line
        if event == LogEvent.JOB_ERROR:
            return self.terminal.failed(values["jobid"])
        text = record.getMessage()
        if event in LEFT_OUT_EVENTS or text.startswith(SCRIPT_FAILED):
            return ""
        unwanted = self.quiet & {Quietness.ALL, values.get("quietness")}
        if record.levelno <= INFO and (unwanted or text.startswith(LEFT_OUT)):
            return ""
        return str(self.format(record))
