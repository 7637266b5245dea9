"""A recording that was released with the paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chaoslearn.records.observing import Recording
from chaoslearn.series import published
from chaoslearn.series.from_file import read_series
from chaoslearn.series.retrieve import cache_folder, retrieve


def record(settings: Mapping[str, Any]) -> Recording:
    """Fetch a released file, or take it from the cache folder.

    Parameters
    ----------
    settings : as ``config_series.PublishedSeries``.
    """
    released = published.find(settings["name"])
    path = retrieve(released, cache_folder())
    return Recording(
        values=read_series(str(path), step=released.step).series,
        components=released.components,
        step=released.step,
        unit=released.unit,
        training_fraction=1 - settings["test_share"],
        notes={
            "system": released.system or "none known",
            "remark": released.remark,
            "url": released.url,
            "sha256": released.sha256,
            "citation": published.CITATION,
        },
    )
