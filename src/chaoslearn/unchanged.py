"""What a run began with, it goes on with: its code, and on a cluster its config.

Keys are fixed when a run begins, but each job imports the package when it starts, and on a cluster
reads the config anew. An edit in between would give a file the key of what it was not made with;
so a job that finds another package, or another config, ends in one line.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chaoslearn.errors import InputError

SOURCES, SCRIPTS, CONFIG = (f"CHAOSLEARN_{name}" for name in ("SOURCES", "SCRIPTS", "CONFIG"))
PACKAGE_FOLDER = Path(__file__).parent


def begin(config: Mapping[str, Any], scripts: Path) -> None:
    """Note package, scripts and config, as read from YAML, for the jobs of this run.

    In the environment, which they inherit, through Slurm as well.
    """
    os.environ[SCRIPTS] = str(scripts.absolute())
    os.environ[SOURCES] = _of_sources()
    os.environ[CONFIG] = _of_config(config)


def require_sources() -> None:
    """Check that package and scripts are those of the run's beginning, if there is a run.

    Raises
    ------
    InputError : one was edited.
    """
    if SOURCES in os.environ and os.environ[SOURCES] != _of_sources():
        raise InputError(
            "the code was edited since this run began, so this job would not make what the run "
            "planned; start the run again"
        )


def require_config(config: Mapping[str, Any]) -> None:
    """Check the same of the config.

    Raises
    ------
    InputError : it was edited.
    """
    if CONFIG in os.environ and os.environ[CONFIG] != _of_config(config):
        raise InputError(
            "config: was edited since this run began, so this job would not make what the run "
            "planned; start the run again"
        )


def _of_sources() -> str:
    digest = hashlib.sha256()
    for folder in (PACKAGE_FOLDER, Path(os.environ[SCRIPTS])):
        for file in sorted(folder.rglob("*.py")):
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def _of_config(config: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()[:20]
