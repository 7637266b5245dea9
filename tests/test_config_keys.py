"""Which files a change of the config makes anew: the keys that move."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from configured import ROOT, SWEEP, default, keys, study


def test_trainings_that_differ_in_their_names_alone_have_other_keys() -> None:
    """Names seed the random streams: a twin must not resume from the other's checkpoint."""
    twin = study({"experiments": {"a": SWEEP, "z": {**SWEEP, "setting": "twin"}}})
    assert twin.block("lorenz63", "rnn", "sparse-30", "0").key != (
        twin.block("lorenz63", "rnn", "sparse-30-twin", "0").key
    )


def test_one_series_has_its_exponents_estimated_otherwise_and_no_other_key_moves() -> None:
    change = {"series": {"lorenz63_published": {"exponents": {"duration": 77.0}}}}
    settings = study(change).exponents("lorenz63_published").settings
    assert settings["duration"] == 77.0
    assert settings["starts"] == study({}).config.exponents.starts
    before, after = keys({}), keys(change)
    changed = {path for path in before if before[path] != after[path]}
    assert "results/exponents/lorenz63_published.nc" in changed
    assert "results/series/lorenz63_published.nc" not in changed
    assert "results/training/lorenz63_published/rnn/sparse-30/block-0.nc" not in changed
    assert "results/training/lorenz63_published/rnn/sparse-auto/block-0.nc" in changed


def test_a_file_has_no_equations_so_their_settings_leave_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("x,y\n1,2\n3,5\n2,1\n")
    series = {"mine": {"kind": "file", "path": str(path), "step": 1.0}}
    before = study({"series": series}).exponents("mine").key
    after = study({"series": series, "exponents": {"duration": 401.0, "starts": 7}})
    assert after.exponents("mine").key == before


def test_a_new_interval_changes_no_key_but_those_that_collect_it() -> None:
    forcings = default()["experiments"]["fig1a"]["forcings"]
    before, after = (
        keys({}),
        keys({"experiments": {"fig1a": {"forcings": [*forcings, "sparse-7"]}}}),
    )
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {
        "results/tables/measures.nc", "results/figures/fig1a-published.pdf",
        "results/figures/fig1a-standard.pdf", "results/scorecard.csv",
    }  # fmt: skip
    assert all("sparse-7" in path for path in after.keys() - before.keys())


def test_more_members_leave_the_blocks_there_are() -> None:
    before, after = keys({}), keys({"training": {"members": 4}})
    blocks = [path for path in before if "/block-" in path]
    assert all(before[path] == after[path] for path in blocks)
    assert all(path.endswith("block-1.nc") for path in after.keys() - before.keys())


def test_the_wide_config_trains_nothing_of_the_default_again() -> None:
    before, after = keys({}), keys(yaml.safe_load((ROOT / "config/wide.yaml").read_text()))
    blocks = [path for path in before if "/block-" in path]
    assert len(blocks) > 100
    assert {path: after[path] for path in blocks} == {path: before[path] for path in blocks}


def test_a_changed_number_in_a_users_file_changes_that_series_and_nothing_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mine.csv"
    change = {"series": {"mine": {"kind": "file", "path": str(path), "step": 0.1}}}
    path.write_text("x\n1\n2\n")
    before = keys(change)
    path.write_text("x\n1\n3\n")
    after = keys(change)
    changed = {path for path in before if before[path] != after[path]}
    collect = ("/tables/", "/link.", "/scorecard.")
    assert all("mine" in path or any(part in path for part in collect) for path in changed)
    assert "results/series/mine.nc" in changed
    assert "results/figures/mine-standard.pdf" in changed


@pytest.mark.parametrize(
    "change",
    [{"noise": 1.0}, {"embedding": {}, "components": ["x"]}, {"preprocess": {"smooth": 2.0}}],
)
def test_how_a_series_is_observed_changes_what_is_made_from_it(change: dict[str, Any]) -> None:
    before, after = keys({}), keys({"series": {"lorenz63": change}})
    changed = {path for path in before if before[path] != after[path]}
    assert {"results/series/lorenz63.nc", "results/exponents/lorenz63.nc"} <= changed
    assert not any("lorenz63_published/" in path for path in changed)
