"""What changes a fingerprint and a key, and what does not."""

import ast
from pathlib import Path

import pytest

from chaoslearn import provenance
from chaoslearn.errors import InputError
from chaoslearn.provenance import Job, closure, fingerprint, module_file

BASE = '''
"""A script."""
import numpy as np

def area(radius):
    """The area."""
    return 3.14 * radius ** 2  # about
'''


@pytest.fixture(autouse=True)
def fresh() -> None:
    read = (provenance._tree, provenance._labelled_digest, provenance._imported_files)
    for cached in (fingerprint, *read):
        cached.cache_clear()


def digest(tmp_path: Path, text: str) -> str:
    fresh_file = tmp_path / f"{abs(hash(text))}" / "script.py"
    fresh_file.parent.mkdir(exist_ok=True)
    fresh_file.write_text(text)
    return fingerprint(fresh_file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# about", "# π to two decimals"),
        ('"""The area."""', '"""The area of a disc."""'),
        ('"""A script."""\n', ""),
        ("radius ** 2", "radius**2"),
        ("return 3.14", "return (3.14)"),
    ],
)
def test_words_and_layout_do_not_count(tmp_path: Path, old: str, new: str) -> None:
    assert digest(tmp_path, BASE.replace(old, new)) == digest(tmp_path, BASE)


@pytest.mark.parametrize(
    ("old", "new"), [("3.14", "3.15"), ("** 2", "** 3"), ("def area", "def a")]
)
def test_code_counts(tmp_path: Path, old: str, new: str) -> None:
    assert digest(tmp_path, BASE.replace(old, new)) != digest(tmp_path, BASE)


def test_a_key_is_the_same_in_every_version_of_python() -> None:
    """3.11, 3.12 and 3.14 write these nested quotes and this function's fields differently."""
    code = """def told(x): return f"{x['a']!r:>{3}} it's"\n"""
    assert provenance._written_out(ast.parse(code)) == (
        "Module(body=[FunctionDef(name='told', args=arguments(args=[arg(arg='x')]), body=[Return("
        "value=JoinedStr(values=[FormattedValue(value=Subscript(value=Name(id='x', ctx=Load()), "
        "slice=Constant(value='a'), ctx=Load()), conversion=114, format_spec=JoinedStr(values=["
        "Constant(value='>'), FormattedValue(value=Constant(value=3), conversion=-1)])), "
        """Constant(value=" it's")]))])])"""
    )


def test_the_closure_follows_imports_and_names_packages(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("from chaoslearn.forcing import sparse\n")
    labels = {provenance._label(file) for file in closure([script])}
    assert labels == {
        "script.py", "__init__.py", "errors.py", "forcing/__init__.py", "forcing/sparse.py",
        "forcing/arguments.py", "forcing/plan.py", "forcing/composed.py",
    }  # fmt: skip


def test_a_cells_file_is_in_its_own_jobs_only() -> None:
    script = Path("scripts/train_block.py")
    lstm = {provenance._label(f) for f in closure([script, module_file("chaoslearn.cells.lstm")])}
    assert "cells/lstm.py" in lstm
    assert not lstm & {"cells/rnn.py", "cells/gru.py", "cells/plrnn.py"}
    assert not any("measures" in name or "figures" in name or name == "config.py" for name in lstm)


def test_a_package_is_its_init_file_and_a_module_its_own() -> None:
    assert module_file("chaoslearn.published").name == "__init__.py"
    assert module_file("chaoslearn.published.points").name == "points.py"
    labels = {provenance._label(file) for file in closure([Path("scripts/plot_sweep.py")])}
    assert "published/points.py" in labels


def test_a_body_of_nothing_but_its_docstring_can_be_reworded(tmp_path: Path) -> None:
    text = 'class Mistake(ValueError):\n    """A mistake."""\n'
    assert digest(tmp_path, text) == digest(tmp_path, text.replace("A mistake", "Bad input"))


def job(tmp_path: Path, settings: dict[str, object], parents: tuple[Job, ...] = ()) -> Job:
    script = tmp_path / "script.py"
    script.write_text(BASE)
    return Job("results/a.nc", script, (), settings, {"parents": parents})


def test_a_key_depends_on_settings_and_on_the_keys_of_inputs(tmp_path: Path) -> None:
    parent, other = job(tmp_path, {"tau": 1}), job(tmp_path, {"tau": 2})
    assert parent.key != other.key
    assert job(tmp_path, {}, (parent,)).key != job(tmp_path, {}, (other,)).key
    assert job(tmp_path, {}, (parent,)).key == job(tmp_path, {}, (job(tmp_path, {"tau": 1}),)).key
    assert job(tmp_path, {"a": 1, "b": 2}).key == job(tmp_path, {"b": 2, "a": 1}).key


def test_what_is_not_there_is_said_in_one_line() -> None:
    with pytest.raises(InputError, match=r"nothing/here.csv does not exist; check the path"):
        provenance.content_hash("nothing/here.csv")
    with pytest.raises(InputError, match="cell 'lstn': unknown; known are gru, lstm, plrnn, rnn"):
        provenance.require_cell("lstn")
    with pytest.raises(InputError, match="module no_such_module: cannot be found"):
        module_file("no_such_module")
