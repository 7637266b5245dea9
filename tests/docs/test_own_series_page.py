"""What the guide says of one's own series: its keys, its column names, the words of a refusal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import guide
import numpy as np
import pytest
from guide import MINE, ROOT

from chaoslearn.config_series import FileSeries
from chaoslearn.errors import InputError
from chaoslearn.series.from_file import read_series
from chaoslearn.training.recipe import Recipe

OWN_SERIES = ROOT / "docs" / "own-series.md"


def test_the_keys_of_a_file_are_all_told() -> None:
    told = {row[0] for row in guide.rows(OWN_SERIES.read_text())}
    assert told == set(FileSeries.model_fields) - {"kind"}


UNEVEN = MINE.replace("0.2,", "0.4,") + "0.5,1.0,2.0\n0.6,2.0,2.0\n"
BAD: dict[str, tuple[str | None, dict[str, Any]]] = {
    "missing": (None, {}),
    "empty": ("", {}),
    "unknown column": (MINE, {"columns": ["z"]}),
    "text": (MINE.replace("2.0,3", "n/a,3"), {}),
    "not a number": (MINE.replace("2.0,3", "nan,3"), {}),
    "ragged": (MINE.replace(",2.0,3.0", ",2.0"), {}),
    "open quote": ('x,y\n1,2\n"3,4\n5",6\n', {}),
    "looks like time": (
        "time,x\n" + "".join(f"{row + (row > 5)},{row % 3}\n" for row in range(10)),
        {},
    ),
    "nothing but time": ("time,n\n0.1,1\n0.2,2\n0.3,3\n", {}),
    "constant": ("x,y\n1,2\n2,2\n", {"columns": ["y"]}),
    "uneven": (UNEVEN, {"step": None, "time_column": "time"}),
    "falling": ("time,x\n2,1\n1,2\n0,3\n", {"step": None, "time_column": "time"}),
    "no step": (MINE, {"step": None}),
    "two steps": (MINE, {"time_column": "time"}),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_refused_is_told_in_these_words(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, arguments = BAD[case]
    Path("data").mkdir()
    if text is not None:
        Path("data/mine.csv").write_text(text)
    with pytest.raises(InputError) as said:
        read_series("data/mine.csv", **({"step": 0.1} | arguments))
    assert_told(str(said.value))


def test_a_wrong_ending_and_a_short_series_are_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/mine.txt").write_text(MINE)
    with pytest.raises(InputError) as said:
        read_series("data/mine.txt", step=0.1)
    assert_told(str(said.value))
    recipe = Recipe(latent=5, epochs=1, batches=1, batch=8, window=200, learning_rate=1e-3)
    with pytest.raises(InputError) as said:
        recipe.require_fit(150, "mine")
    assert_told(str(said.value))


def assert_told(line: str) -> None:
    """The guide may break a line where it is long."""
    assert line in " ".join(OWN_SERIES.read_text().split())


def test_npy_and_netcdf_columns_have_the_names_told(tmp_path: Path) -> None:
    np.save(tmp_path / "mine.npy", np.random.default_rng(0).normal(size=(20, 2)))
    found = read_series(str(tmp_path / "mine.npy"), step=0.1)
    assert found.components == ("column_0", "column_1")
