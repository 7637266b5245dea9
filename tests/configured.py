"""The default config with changes, and the study and the keys that follow from it."""

import copy
from pathlib import Path
from typing import Any

import yaml

from chaoslearn.config import parse
from chaoslearn.study import Study

ROOT = Path(__file__).parents[1]


SWEEP = {"figure": "sweep", "series": ["lorenz63"], "cells": ["rnn"], "forcings": ["sparse-30"]}


def default() -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text())
    return values


def merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    result = copy.deepcopy(base)
    for key, value in change.items():
        nested = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if nested else value
    return result


def study(change: dict[str, Any]) -> Study:
    return Study(parse(merged(default(), change)), ROOT)


def keys(change: dict[str, Any]) -> dict[str, str]:
    return {job.path: job.key for job in study(change).jobs()}
