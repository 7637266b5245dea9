"""Fetch a released series once, checked by its hash, and keep it in a cache folder."""

import os
from pathlib import Path

import pooch

from chaoslearn.errors import InputError
from chaoslearn.series.published import Released

FOLDER_VARIABLE = "CHAOSLEARN_CACHE"


def cache_folder() -> Path:
    """The folder named by the environment variable CHAOSLEARN_CACHE, else the user's cache."""
    return Path(os.environ.get(FOLDER_VARIABLE) or pooch.os_cache("chaoslearn"))


def retrieve(released: Released, folder: Path) -> Path:
    """The file of a released series in `folder`, fetched if it is not there with the right hash.

    A folder that holds the file is only read.

    Raises `InputError` where the file is not there and cannot be fetched and kept.
    """
    try:
        return Path(
            pooch.retrieve(
                released.url, f"sha256:{released.sha256}", fname=released.file, path=folder
            )
        )
    except (OSError, ValueError) as error:
        # requests raises some errors that are both; only pooch's own is a ValueError alone.
        other = "what came has another hash"
        reason = type(error).__name__ if isinstance(error, OSError) else other
        raise InputError(
            f"{released.file} is not in {folder} and cannot be fetched ({reason}); put the file "
            f"{released.url} with sha256 {released.sha256} in that folder, or name the folder it "
            f"is in by {FOLDER_VARIABLE}"
        ) from error
