"""Scripts import what they use: nothing waits for torch but what differentiates or trains without a
kernel, and what is made of nets does not depend on integrators."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
DIFFERENTIATE = [
    SCRIPTS / f"{name}.py" for name in ("trace_constructed", "trace_course", "trace_gradients")
]
OF_NETS = [
    SCRIPTS / f"{name}.py"
    for name in ("train_block", "generate_free_runs", "measure_reconstruction", "trace_growth")
]
WITHOUT_A_CARD = """
import sys
import numpy as np
from chaoslearn import cells, forcing
from chaoslearn.records.net_exponents import net_exponents
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.true_exponents import TrueExponents
from chaoslearn.training.device import described, device_for
from chaoslearn.training.ensemble import train
from chaoslearn.training.free_run import free_run
from chaoslearn.training.recipe import Recipe
from chaoslearn.training.streams import Streams

rnn, observed = cells.load("rnn"), np.sin(np.arange(300.0))[:, None]
recipe = Recipe(latent=4, epochs=1, batches=1, batch=2, window=20, learning_rate=1e-3)
with device_for(0) as device:
    trained = train(
        rnn, forcing.load("sparse-5"), observed, recipe, Streams(0, "sine", "rnn", "sparse-5"), [0],
        device=device,
    )
    assert described(device) == "cpu"
free_run(rnn, trained.weights, observed[:1], 10)
net_exponents(
    rnn, trained.weights, ObservedSeries(observed, observed, 1.0), np.array([True]),
    TrueExponents(0.0, np.zeros(1), 0.0), steps=10, unit="1",
)
assert "torch" not in sys.modules
"""


def imported(script: Path, module: str) -> bool:
    """Whether a module is there once the script's imports have run."""
    imports = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(script.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert imports
    code = "\n".join([*imports, "import sys", f"print({module!r} in sys.modules)"])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout == "True\n"


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.py")), ids=lambda script: script.stem)
def test_only_what_differentiates_imports_torch(script: Path) -> None:
    assert imported(script, "torch") == (script in DIFFERENTIATE)


def test_training_and_measuring_without_a_card_import_no_torch() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_A_CARD], check=True)


@pytest.mark.parametrize("script", OF_NETS, ids=lambda script: script.stem)
def test_what_is_made_of_nets_imports_no_integrator(script: Path) -> None:
    assert not imported(script, "chaoslearn.series.integrate")


def test_what_integrates_does() -> None:
    assert imported(SCRIPTS / "integrate_series.py", "chaoslearn.series.integrate")
