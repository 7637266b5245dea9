"""The table that ``chaoslearn measures`` prints holds the medians of its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from chaoslearn import store
from chaoslearn.command import main
from chaoslearn.command.measures import summary


def printed(capsys: pytest.CaptureFixture[str], results: Path, *words: str) -> list[list[str]]:
    """The cells of the rows below the head of the table in the standard convention."""
    main(["measures", "--results", str(results), *words])
    _, _, below = capsys.readouterr().out.partition("standard convention\n")
    head, *rows = below.partition("\n\n")[0].splitlines()
    assert " ".join(head.split()) == (
        "series cell forcing failed D_stsp (floor) D_H (floor) PSC (floor) PE_20 valid_time "
        "exponent_error dimension_error"
    )
    return [row.split() for row in rows]


def test_medians_floors_and_failures_are_those_of_the_file(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = store.read(results / "tables/measures.nc").sel(convention="standard")
    rows = printed(capsys, results)
    assert [row[:6] for row in rows] == [
        ["decay", "plrnn", "sparse-5", "3", "of", "3"],
        ["decay", "rnn", "sparse-10", "0", "of", "1"],  # padded to three members in the file
    ]
    for place, row in enumerate(rows):
        run = table.isel(run=place)
        members = int(run["failed"].notnull().sum())
        expected = []
        for name in ("state_space_divergence", "spectrum_distance"):
            values = run[name].values[:members]
            expected.append(f"{np.median(np.where(np.isnan(values), np.inf, values)):.3g}")
            expected.append(f"({float(run[f'{name}_floor']):.3g})")
        assert row[6:10] == expected


@pytest.mark.parametrize(
    ("heading", "variable"),
    [
        ("exponent_error", "largest_exponent_error"),
        ("dimension_error", "kaplan_yorke_dimension_error"),
    ],
)
def test_errors_of_exponent_and_dimension_are_medians(
    heading: str, variable: str, results: Path
) -> None:
    table = store.read(results / "tables/measures.nc").sel(convention="standard")
    table[variable] = table[variable].copy(data=[[0.3, 0.1, np.nan], [0.2, np.nan, np.nan]])
    assert summary(table)[heading].tolist() == pytest.approx([0.3, 0.2])


def test_valid_time_is_better_the_longer_it_is(results: Path) -> None:
    table = store.read(results / "tables/measures.nc").sel(convention="standard")
    table["valid_prediction_time"] = table["valid_prediction_time"].copy(
        data=[[3.0, 1.0, np.nan], [np.nan, np.nan, np.nan]]
    )
    frame = summary(table)
    assert frame["valid_time"].tolist() == pytest.approx([1.0, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("column", "first"),
    [("D_stsp", "rnn"), ("state_space_divergence", "rnn"), ("failed", "rnn"), ("cell", "plrnn")],
)
def test_the_best_comes_first(
    column: str, first: str, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = printed(capsys, results, "--sort", column)
    assert rows[0][1] == first
    assert len(rows) == 2
    if column.startswith("D"):
        assert pd.Series([float(row[6]) for row in rows]).is_monotonic_increasing


def test_only_what_is_asked_for_is_shown(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--cell", "rnn"], ["--forcing", "sparse-10"]):
        assert [row[1] for row in printed(capsys, results, *words)] == ["rnn"]
    assert len(printed(capsys, results, "--series", "decay")) == 2
