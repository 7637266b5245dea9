"""Scripts that draw and gather do not wait for torch: importing it takes longer than they do."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
LIGHT = sorted([*SCRIPTS.glob("plot_*.py"), SCRIPTS / "collect_exponents.py"])


@pytest.mark.parametrize("script", LIGHT, ids=lambda script: script.stem)
def test_it_does_not_import_torch(script: Path) -> None:
    imports = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(script.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert imports
    code = "\n".join([*imports, "import sys", "print('torch' in sys.modules)"])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
