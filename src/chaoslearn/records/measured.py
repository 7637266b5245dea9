"""A recording of the user's own, from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chaoslearn.records.observing import Recording
from chaoslearn.series.from_file import read_series


def record(settings: Mapping[str, Any]) -> Recording:
    """Read a user's file.

    Parameters
    ----------
    settings : as ``config_series.FileSeries``, with ``content``, the file's hash.
    """
    found = read_series(
        settings["path"],
        columns=settings["columns"],
        step=settings["step"],
        time_column=settings["time_column"],
    )
    return Recording(
        values=found.series,
        components=found.components,
        step=found.step,
        unit=settings["unit"],
        training_fraction=1 - settings["test_share"],
        notes={"file": settings["path"], "sha256": settings["content"]},
    )
