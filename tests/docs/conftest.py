"""One file of each kind of results, as small as can be, for the pages that tell what is in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import guide
import pytest
import yaml
from guide import RESULT_KINDS, ROOT, result_path

# As little of everything as there can be; the names and shapes are those of any run.
TINY: dict[str, Any] = {
    "series": {"lorenz63_published": {"train": 2000, "test": 2000}},
    "exponents": {"starts": 2, "duration": 5.0, "transient": 1.0},
    "training": {"epochs": 1, "batches": 1, "members": 2, "members_per_block": 2},
    "free_runs": {"steps": 1000, "transient": 100},
    "measures": {"forecasts": 2, "horizon": 0.5, "exponent_steps": 20},
    "gradients": {"starts": 2, "jacobian_steps": 20, "parameter_steps": 20, "segments": 2},
    "experiments": {"course": {"training": {"snapshots": 2}}},
}


@pytest.fixture(scope="session")
def tiny_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of each kind, made by the rules."""
    folder = tmp_path_factory.mktemp("results")
    for name, text in guide.example_files().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    shutil.copy(ROOT / "config.yaml", folder)
    (folder / "tiny.yaml").write_text(yaml.safe_dump(TINY))
    run = subprocess.run(
        [
            sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"),
            "--directory", str(folder), "--cores", "1", "--resources", "gpu=0",
            "--configfile", "tiny.yaml", "--", *map(result_path, RESULT_KINDS),
        ],
        cwd=folder, env=os.environ | {"OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, (run.stdout + run.stderr)[-3000:]
    return folder
