"""Cells are found by file name; one from outside the package by path or module name."""

from pathlib import Path

import numpy as np
import pytest

from chaoslearn import cells
from chaoslearn.errors import InputError
from chaoslearn.training import kernels

LEAKY = '''
"""z ← z / 2 + tanh(W z) / 2"""


from chaoslearn.cells.arithmetic import tanh


def shapes(latent):
    return {"recurrent": (latent, latent)}


def step(weights, state):
    return state / 2 + tanh(state @ weights["recurrent"].mT) / 2
'''


def assert_is_leaky(cell: cells.Cell, name: str) -> None:
    assert cell.name == name
    assert cell.shapes(2) == {"recurrent": (2, 2)}
    recurrent = np.array([[[0.0, 1.0], [0.0, 0.0]]])
    found = cell.jacobian({"recurrent": recurrent}, np.zeros((1, 1, 2)))
    np.testing.assert_allclose(found[0, 0], [[0.5, 0.5], [0.0, 0.5]])


def test_the_packages_cells_go_by_file_name() -> None:
    assert cells.names() == ["gru", "lstm", "plrnn", "rnn"]
    assert [cells.load(name).name for name in cells.names()] == cells.names()


def test_a_file_from_outside_is_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "leaky.py"
    path.write_text(LEAKY)
    assert_is_leaky(cells.load(str(path)), str(path))


def test_a_module_from_outside_is_a_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_cells").mkdir()
    (tmp_path / "my_cells" / "leaky.py").write_text(LEAKY)
    monkeypatch.syspath_prepend(tmp_path)
    assert_is_leaky(cells.load("my_cells.leaky"), "my_cells.leaky")


def test_another_file_called_rnn_is_not_the_rnn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kernels go by the cell's name: a user's rnn.py must not be trained by the package's."""
    (tmp_path / "other_cells").mkdir()
    (tmp_path / "other_cells" / "rnn.py").write_text(LEAKY)
    monkeypatch.syspath_prepend(tmp_path)
    assert not kernels.available(cells.load("other_cells.rnn").name)
    assert kernels.available(cells.load("rnn").name)


def test_an_import_that_fails_inside_a_cell_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_cells").mkdir()
    (tmp_path / "broken_cells" / "leaky.py").write_text("import no_such_library")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        cells.load("broken_cells.leaky")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("(state @ weights['recurrent'].mT).tanh()", "fails on numpy arrays .*'tanh'"),
        ("state[..., 0]", r"makes states \(1, 2\) of states \(1, 2, 12\)"),
    ],
)
def test_a_cell_that_numpy_cannot_use_is_refused(tmp_path: Path, step: str, message: str) -> None:
    path = tmp_path / "leaky.py"
    path.write_text(LEAKY[: LEAKY.index("    return state")] + f"    return {step}\n")
    with pytest.raises(InputError, match=message):
        cells.load(str(path))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lstn", "use one of gru, lstm, plrnn, rnn"),
        ("readout", "'readout' is not known"),
        ("", "is not known"),
        ("no/such/leaky.py", "does not exist"),
        ("no_such_package.leaky", "cannot be imported"),
        ("../leaky", "is not a module name"),
        ("math.pi", "cannot be imported"),
        ("os.path", "has no function 'shapes'"),
    ],
)
def test_an_unknown_cell_is_refused(name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        cells.load(name)
