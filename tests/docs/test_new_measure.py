"""The guide's new measure, put into a copy of the package as the guide says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import guide
import pytest
from guide import ROOT

EXTEND = ROOT / "docs" / "extend.md"

MEASURED = """
import json
import numpy as np
from chaoslearn.cells.cell import cell_of
from chaoslearn.records.true_exponents import TrueExponents
from chaoslearn.records.measures import Extent, measure
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.tables import flat, measures_table
from chaoslearn.store import variable


class Halving:
    shapes = staticmethod(lambda latent: {})
    step = staticmethod(lambda weights, state: 0.5 * state)


def noise(samples, seed):
    drawn = np.random.default_rng(seed).standard_normal((samples, 2))
    return drawn.astype(np.float32)  # as free runs are, so that equal samples are equal


test = noise(300, 0)
found = measure(
    cell_of(Halving), {"readout": np.stack([np.eye(2)] * 2)}, np.array([True, True]),
    np.array([[noise(300, 1), noise(300, 2)], [test, test + 100]]),
    ObservedSeries(noise(400, 3), test, 1.0),
    TrueExponents(0.1, np.array([0.1]), np.nan), Extent(4, 1.0, 50), "1",
)
found = found.assign_coords(member=variable("member", [0, 1], "number of the training run"))
found.attrs["wildcards"] = json.dumps({"series": "a", "cell": "b", "forcing": "c"})
table = flat(measures_table([found])).query("convention == 'standard'")
print(json.dumps(table["marginal_distance"].tolist()))
"""
KEYS = """
import json
from pathlib import Path
from chaoslearn.config import read
from chaoslearn.study import Study

print(json.dumps({job.path: job.key for job in Study(read("config.yaml"), Path()).jobs()}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the guide's measure in it."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("src", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "config.yaml", folder)
    (change,) = guide.blocks(EXTEND, "diff")
    subprocess.run(["git", "apply"], cwd=folder, input=change.text, text=True, check=True)
    measure = folder / "src/chaoslearn/measures/marginals.py"
    measure.write_text(guide.example_files()["my/marginals.py"])
    return folder


def told(code: str, project: Path) -> object:
    """What code prints as JSON, with this copy of the package."""
    environment = os.environ | {"PYTHONPATH": str(project / "src")}
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_it_is_in_the_records_of_runs_and_of_the_table(copy: Path) -> None:
    assert told(MEASURED, copy) == [0.0, 1.0]


def test_it_is_measured_anew_and_nothing_is_trained_anew(copy: Path) -> None:
    before, after = told(KEYS, ROOT), told(KEYS, copy)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    changed = {path.split("/")[1] for path in before if before[path] != after[path]}
    assert changed == {"measures", "tables", "figures", "scorecard.csv"}
    assert before["results/figures/fig4.pdf"] == after["results/figures/fig4.pdf"]
