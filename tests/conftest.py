"""What several test folders need."""

import os
from pathlib import Path

import pytest

# Folders that share what takes long to make: one process runs all of their tests.
SHARING = ("workflow", "docs", "command")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What several processes take from one another: folders that share, else files.

    The workflow's tests take longest and come first.
    """
    tests = Path(__file__).parent
    for item in items:
        inside = item.path.relative_to(tests)
        shared = inside.parts[0] in SHARING
        item.add_marker(pytest.mark.xdist_group(inside.parts[0] if shared else str(inside)))
    items.sort(key=lambda item: "workflow" not in item.path.parts)


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
