"""The blocks of an ensemble as one file. Weights are joined as arrays: no net is rebuilt here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xarray as xr


@dataclass(frozen=True)
class Joined:
    """The blocks of an ensemble as one, with what is to be said of how they were made.

    Attributes
    ----------
    settings : those of a block, without its ``members``.
    device : what computed the blocks; several where they differ.
    """

    dataset: xr.Dataset
    settings: dict[str, Any]
    device: str


def joined(blocks: Sequence[xr.Dataset]) -> Joined:
    """Join files of blocks along ``member``."""
    settings = json.loads(blocks[0].attrs["settings"])
    settings.pop("members", None)
    return Joined(
        xr.concat(blocks, "member", data_vars="minimal", combine_attrs="override"),
        settings,
        ", ".join(sorted({block.attrs["device"] for block in blocks})),
    )
