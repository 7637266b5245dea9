"""A job refuses to go on with another code or config than its run began with."""

from pathlib import Path

import pytest

from chaoslearn import unchanged
from chaoslearn.errors import InputError

CONFIG = {"seed": 1, "series": {"a": {"step": 0.1}}}


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that began with one script; its folder of scripts."""
    (tmp_path / "one.py").write_text("print(1)\n")
    for name in (unchanged.SOURCES, unchanged.SCRIPTS, unchanged.CONFIG):
        monkeypatch.setenv(name, "")
    unchanged.begin(CONFIG, tmp_path)
    return tmp_path


def test_what_was_not_edited_goes_on(begun: Path) -> None:
    unchanged.require_sources()
    unchanged.require_config({"series": {"a": {"step": 0.1}}, "seed": 1})


def test_an_edit_ends_a_job_until_it_is_taken_back(begun: Path) -> None:
    (begun / "one.py").write_text("print(2)\n")
    with pytest.raises(InputError, match="the code was edited since this run began"):
        unchanged.require_sources()
    (begun / "one.py").write_text("print(1)\n")
    unchanged.require_sources()


def test_another_config_ends_a_job(begun: Path) -> None:
    with pytest.raises(InputError, match="config: was edited since this run began"):
        unchanged.require_config({**CONFIG, "seed": 2})


def test_a_job_without_a_run_has_nothing_to_compare_with(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (unchanged.SOURCES, unchanged.CONFIG):
        monkeypatch.delenv(name, raising=False)
    unchanged.require_sources()
    unchanged.require_config(CONFIG)
