"""Scripts import what they use: nothing waits for torch but what differentiates or trains without a
kernel, and what is made of nets does not depend on integrators."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
OF_NETS = [
    SCRIPTS / f"{name}.py"
    for name in ("train_block", "generate_free_runs", "measure_reconstruction", "trace_growth")
]
WITHOUT_TORCH = [
    *sorted([*SCRIPTS.glob("plot_*.py"), *SCRIPTS.glob("collect_*.py"), *OF_NETS]),
    *(SCRIPTS / f"{of}.py" for of in ("trace_forced", "integrate_series", "estimate_exponents")),
]


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


@pytest.mark.parametrize("script", WITHOUT_TORCH, ids=lambda script: script.stem)
def test_it_does_not_import_torch(script: Path) -> None:
    assert not imported(script, "torch")


@pytest.mark.parametrize("script", OF_NETS, ids=lambda script: script.stem)
def test_it_does_not_import_an_integrator(script: Path) -> None:
    assert not imported(script, "chaoslearn.series.integrate")


def test_what_differentiates_imports_torch() -> None:
    """So that the other answer means something."""
    assert imported(SCRIPTS / "trace_gradients.py", "torch")
