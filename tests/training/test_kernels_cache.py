"""Compiled kernels are kept: a later process starts in seconds, whichever kernels it uses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys, time
from pathlib import Path
started = time.perf_counter()
import numpy as np
from chaoslearn.training import kernels

gates = {"rnn": 1, "lstm": 4}
for cell in sys.argv[1:]:
    generator = np.random.default_rng(0)
    weights = {
        "recurrent": generator.normal(size=(2, 5 * gates[cell], 5)).astype(np.float32),
        "bias": generator.normal(size=(2, 5 * gates[cell])).astype(np.float32),
        "readout": generator.normal(size=(2, 2, 5)).astype(np.float32),
    }
    gradients = {name: np.empty_like(value) for name, value in weights.items()}
    series = generator.normal(size=(50, 2)).astype(np.float32)
    starts, segments = generator.integers(0, 30, (2, 8)), np.array([0, 7, 14])
    loss = np.empty(2, np.float32)
    kernels.loss_and_gradient(
        cell, weights, series, starts, segments, 19, "observed", gradients, loss
    )
    print(cell, loss, *(gradients[name].sum() for name in gradients))
print(time.perf_counter() - started, file=sys.stderr)
"""


def run(folder: Path, *cells: str) -> tuple[list[str], float]:
    """Results a line per cell, and seconds from the first import on, of a fresh process."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(folder)}
    arguments = [sys.executable, "-c", SCRIPT, *cells]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines(), float(done.stderr)


@pytest.mark.slow
def test_kernels_compiled_apart_are_read_together(tmp_path):
    """Each kernel's machine code keeps to itself, though the names inside are alike."""
    apart = [run(tmp_path, cell)[0][0] for cell in ("rnn", "lstm")]
    kept = sorted(tmp_path.rglob("*.nbc"))
    together, seconds = run(tmp_path, "rnn", "lstm")
    assert together == apart
    assert sorted(tmp_path.rglob("*.nbc")) == kept
    assert seconds < 3
