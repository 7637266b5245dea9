"""A results folder that cannot be written is told before anything is computed."""

import os
from pathlib import Path

import pytest

from chaoslearn.errors import InputError
from chaoslearn.workflow import require_writable


def test_a_folder_that_can_be_made_is_fine(tmp_path: Path) -> None:
    require_writable(tmp_path / "not" / "there" / "yet")
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != tmp_path)
    with pytest.raises(InputError, match=r"results: .*deep cannot be written .*read-only") as told:
        require_writable(tmp_path / "deep")
    assert "\n" not in str(told.value)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("")
    with pytest.raises(InputError, match="is read-only or no folder"):
        require_writable(tmp_path / "results")
