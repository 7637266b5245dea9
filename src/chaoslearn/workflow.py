"""What the Snakefile needs of the package: the study of its config, and each rule's parameters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chaoslearn import alone, unchanged
from chaoslearn.config import parse
from chaoslearn.errors import InputError
from chaoslearn.provenance import Job
from chaoslearn.study import Study

SNAKEMAKES_LIMIT = (100, 1)  # jobs started in so many seconds, where nothing is asked for


def open_study(config: Mapping[str, Any], workflow: Any) -> Study:
    """The study that ``config`` asks for; ends Snakemake with one line where it cannot be.

    Parameters
    ----------
    workflow : Snakemake's workflow object: the folder of the Snakefile, and how it was started.
    """
    try:
        study = Study(parse(config), Path(workflow.basedir))
        results = Path(study.config.results)
        require_writable(results)
        if workflow.is_main_process:  # and not a job that a cluster started
            writes = not workflow.output_settings.dryrun
            alone.enter(Path(".snakemake"), results, writes=writes)
            unchanged.begin(config, study.scripts)
        else:
            unchanged.require_config(config)
        for job in study.jobs():
            job.key  # noqa: B018  every file and module that a key reads must be there
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    return study


def require_writable(folder: Path) -> None:
    """Check that results can be written, before anything is computed.

    Raises
    ------
    InputError : neither ``folder`` nor the nearest folder above it that exists is writable.
    """
    # Not Path.exists, which raises where a folder may not be entered.
    existing = next(p for p in (folder, *folder.absolute().parents) if os.path.exists(p))
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise InputError(
            f"config: results: {folder} cannot be written ({existing} is read-only or no folder); "
            "make it writable or name another folder"
        )


def parameters(make: Callable[..., Job]) -> dict[str, Callable[[Any], Any]]:
    """The params of the rule whose files ``make`` describes: its key and its settings."""
    return {
        "key": lambda wildcards: make(**wildcards).key,
        "settings": lambda wildcards: _in_order(make(**wildcards).settings),
    }


def _in_order(value: Any) -> Any:
    """The same with the keys of all mappings sorted: Snakemake takes another order for a change."""
    if isinstance(value, Mapping):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(item) for item in value] if isinstance(value, list) else value


def start_without_limit(workflow: Any) -> None:
    """Take off Snakemake's limit of a hundred jobs started in a second, which no option can.

    A limit that was asked for stays.

    With a limit, each job leaves a timer behind that makes the scheduler look at all ready jobs
    every second until the run ends (docs/performance.md).

    Parameters
    ----------
    workflow : Snakemake's workflow object, once its scheduler is there (in ``onstart``).
    """
    limit = workflow.scheduler.job_rate_limiter
    if limit is not None and (limit.max_jobs, limit.timespan) == SNAKEMAKES_LIMIT:
        workflow.scheduler.job_rate_limiter = None
