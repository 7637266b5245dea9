"""What several test folders need."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder that holds the published series (`data/published`) and figures (`paper`)."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("CHAOSLEARN_SHARED", beside))
    if not (folder / "data" / "published").is_dir():
        pytest.skip(
            "no published data: set CHAOSLEARN_SHARED to the folder that holds data/published"
        )
    return folder
