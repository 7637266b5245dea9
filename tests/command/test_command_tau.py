"""λ_max and τ_pred by ``chaoslearn tau`` are those that rule estimate_exponents finds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import xarray as xr

from chaoslearn.command import main
from chaoslearn.lyapunov.from_data import largest_exponent_from_series
from chaoslearn.series.from_file import read_series

SAMPLE = Path(__file__).parents[1] / "data" / "roessler.csv"


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """Each line's first word and the rest, of the sample file."""
    monkeypatch.chdir(tmp_path)
    main(["tau", str(SAMPLE), "--dt", "0.2", "--unit", "s"])
    lines = capsys.readouterr().out.splitlines()
    return {word: " ".join(rest) for word, *rest in map(str.split, lines)}


def test_the_numbers_are_those_of_the_estimate(told: dict[str, str]) -> None:
    found = read_series(str(SAMPLE), columns=["x", "y", "z"], step=0.2)
    estimate = largest_exponent_from_series(found.series, 0.2)
    exponent, (low, high) = estimate.largest_exponent, estimate.interval
    assert 0.04 < low < 0.0714 < high  # of Rössler's equations with these parameters
    assert told["λ_max"] == f"{exponent:.3g} [{low:.3g}, {high:.3g}] per s"
    steps, shortest, longest = (np.log(2) / (rate * 0.2) for rate in (exponent, high, low))
    assert told["τ_pred"] == (
        f"{steps:.3g} [{shortest:.3g}, {longest:.3g}] steps, {steps * 0.2:.3g} s"
    )


def test_a_column_of_times_is_no_observation(told: dict[str, str]) -> None:
    assert told[f"{SAMPLE}:"] == "x, y, z; 2000 samples every 0.2 s"


def test_the_picture_lies_here_under_the_name_of_the_series(told: dict[str, str]) -> None:
    assert told["picture"] == "divergence-roessler.png"
    assert Path("divergence-roessler.png").read_bytes().startswith(b"\x89PNG")


def test_the_picture_is_put_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "new" / "fit.pdf"
    words = ["--time-column", "time", "--columns", "x", "--picture", str(picture)]
    main(["tau", str(SAMPLE), *words])
    assert f"{SAMPLE}: x; 2000 samples every 0.2\n" in capsys.readouterr().out
    assert picture.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["NETCDF3_CLASSIC", "NETCDF4"])
def test_netcdf_of_any_version_and_unit_of_time(
    kind: Literal["NETCDF3_CLASSIC", "NETCDF4"], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series, path = read_series(str(SAMPLE), columns=["x"], step=0.2).series, tmp_path / "mine.nc"
    time = xr.Variable("time", 0.2 * np.arange(len(series)), {"units": "seconds since start"})
    mine = xr.Dataset({"x": ("time", series[:, 0])}, {"time": time})
    mine.to_netcdf(path, engine="netcdf4", format=kind)
    main(["tau", str(path), "--time-column", "time", "--picture", str(tmp_path / "fit.png")])
    assert f"{path}: x; 2000 samples every 0.2\n" in capsys.readouterr().out
