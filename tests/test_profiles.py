"""What profiles say is what Snakemake understands, of rules that are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from snakemake.cli import get_argument_parser

ROOT = Path(__file__).parents[1]
PROFILES = sorted((ROOT / "profiles").glob("*/config.yaml"))
RULES = {
    rule
    for file in (ROOT / "workflow/rules").glob("*.smk")
    for rule in re.findall(r"^rule (\w+):", file.read_text(), re.MULTILINE)
}
EACH = pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.parent.name)
# What another profile replaces with nothing: the default one is not read beside it.
COMMON = ("rerun-triggers", "max-checksum-file-size", "keep-going", "rerun-incomplete", "logger")


def read(profile: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(profile.read_text())
    return values


def options() -> set[str]:
    """What can stand on Snakemake's command line, and so in a profile."""
    actions = get_argument_parser()._option_string_actions
    return {name.removeprefix("--") for name in actions if name.startswith("--")}


@EACH
def test_every_key_is_an_option_of_snakemake_or_of_the_profiles_plugin(profile: Path) -> None:
    values = read(profile)
    plugin = f"{values.get('executor', 'none')}-"  # whose own options need it to be installed
    unknown = {key for key in values if not key.startswith(plugin)} - options()
    assert unknown == set()


@EACH
def test_every_rule_that_is_named_is_there(profile: Path) -> None:
    values = read(profile)
    assert {*values.get("set-resources", {}), *values.get("groups", {})} <= RULES


@EACH
def test_what_all_need_is_the_same_in_all(profile: Path) -> None:
    default = read(ROOT / "profiles/default/config.yaml")
    assert {key: read(profile)[key] for key in COMMON} == {key: default[key] for key in COMMON}


@EACH
def test_what_a_job_asks_for_grows_with_its_attempts(profile: Path) -> None:
    values = read(profile)
    asked = [values.get("default-resources", {}), *values.get("set-resources", {}).values()]
    amounts = [
        amount
        for resources in asked
        for name, amount in resources.items()
        if name in ("mem_mb", "runtime")
    ]
    assert amounts or "executor" not in values
    for amount in amounts:
        first, third = (eval(amount, {"attempt": attempt}) for attempt in (1, 3))
        assert third == 3 * first
