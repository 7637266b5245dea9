"""What several test folders need."""

import os
from pathlib import Path
from typing import Any

import pytest

# Folders that share what takes long to make: one process runs all of their tests.
SHARING = ("workflow", "docs", "command")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The workflow's tests take longest and come first."""
    items.sort(key=lambda item: "workflow" not in item.path.parts)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """What several processes take from one another: folders that share, else files."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFolderOrFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0])
            return file.parts[1] if file.parts[1] in SHARING else str(file)

    return ByFolderOrFile(config, log)


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
