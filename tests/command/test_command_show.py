"""What ``chaoslearn show`` says of each kind of file is what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chaoslearn import store
from chaoslearn.command import main
from chaoslearn.command.text import LEVELS, aligned, number, sparkline

PLACE = "decay/plrnn/sparse-5.nc"


@pytest.fixture
def shown(results: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], list[str]]:
    """The lines about the file at a place in the results, runs of blanks as one."""

    def show(place: str) -> list[str]:
        main(["show", str(results / place)])
        return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]

    return show


@pytest.mark.parametrize(
    ("place", "meaning"),
    [
        ("series/decay.nc", "an observed series"),
        ("exponents/decay.nc", "exponents of a series"),
        (f"training/{PLACE}", "trained nets"),
        (f"free_runs/{PLACE}", "free runs of trained nets"),
        (f"measures/{PLACE}", "measures of reconstructions"),
        (f"gradients/{PLACE}", "gradients of a net"),
        (f"courses/{PLACE}", "gradients in the course of a training"),
        (f"forced/{PLACE}", "gradients between two forcings"),
        (f"growth/{PLACE}", "growth of gradients in trained nets"),
        ("tables/growth.nc", "growth of gradients in all nets"),
        ("tables/theorems.nc", "verdicts on the theorems"),
        ("tables/measures.nc", "measures of all runs"),
    ],
)
def test_kind_dimensions_variables_and_provenance_are_those_of_the_file(
    place: str, meaning: str, shown: Callable[[str], list[str]], results: Path
) -> None:
    lines, dataset = shown(place), store.read(results / place)
    assert lines[0] == f"{results / place}: {meaning}"
    sizes = ", ".join(f"{name} {size}" for name, size in dataset.sizes.items())
    assert lines[1] == f"dimensions: {sizes}"
    for name, variable in dataset.variables.items():
        dims, told = ", ".join(map(str, variable.dims)), variable.attrs
        assert f"{name} ({dims}) {told['units']} {told['long_name']}" in lines
    assert f"key {dataset.attrs['key']}" in lines
    assert "device cpu" in lines
    assert any(line.startswith("packages numpy 2.") for line in lines)
    if not place.startswith("tables/"):
        assert "settings seed 1" in lines
        assert "wildcards cell plrnn, forcing sparse-5, series decay" in lines


def test_an_attribute_that_only_looks_like_json_is_shown_as_it_stands(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "edited.nc"
    edited = store.read(results / "series/decay.nc").assign_attrs(remark="{x} first")
    edited.to_netcdf(path, engine="netcdf4")
    main(["show", str(path)])
    assert "remark         {x} first\n" in capsys.readouterr().out


def test_a_series_by_its_range(shown: Callable[[str], list[str]], results: Path) -> None:
    lines = shown("series/decay.nc")
    assert "600 samples to train on, 600 held out, every 0.5 s" in lines
    values = store.read(results / "series/decay.nc")["observed"].values
    for name, column in zip("xy", values.T, strict=True):
        start = f"{name} {column.min():.3g} {column.max():.3g} "
        assert any(line.startswith(start) and line[-1] in LEVELS for line in lines)


def test_exponents_with_error_reference_and_refusal(shown: Callable[[str], list[str]]) -> None:
    lines = shown("exponents/decay.nc")
    assert "λ_1 1 ± 0.1 1/s, published 0.987" in lines
    assert "λ_2 0 ± 0 1/s, published 0" in lines
    assert any(line.startswith("λ_max from data ") and "repeats itself" in line for line in lines)
    # ln 2 / (1 · 0.5), and the same with λ two errors and the resolution of 1/1000 away
    low, high = (np.log(2) / (0.5 * (1 + sign * 0.201)) for sign in (1, -1))
    assert f"τ_pred {np.log(2) / 0.5:.3g} [{low:.3g}, {high:.3g}] steps" in lines


def test_training_by_member(shown: Callable[[str], list[str]]) -> None:
    lines = shown(f"training/{PLACE}")
    head = "plrnn under sparse-5: windows of 200 steps, 2 latent units, 8 epochs"
    assert head in lines
    assert f"0 4 {4 * np.exp(-7):.3g} no █▇▆▅▄▃▂▁" in lines
    assert f"1 1 {np.exp(-7):.3g} no █▇▆▅▄▃▂▁" in lines
    assert "2 - - in epoch 7" in lines
    assert "1 of 3 diverged" in lines


def test_free_runs_by_convention_and_member(
    shown: Callable[[str], list[str]], results: Path
) -> None:
    lines = shown(f"free_runs/{PLACE}")
    runs = store.read(results / f"free_runs/{PLACE}")["generated"]
    first = runs.sel(convention="published", member=0, component="x").values
    start = f"published 0 no all {first.min():.3g} {first.max():.3g} "
    assert any(line.startswith(start) for line in lines)
    # 2^t passes the largest number of float32, 2^128, after about 128 steps.
    escaping = runs.sel(convention="standard", member=2)
    finite = int(np.isfinite(escaping.values).all(axis=1).argmin())
    assert 120 < finite < 135
    assert any(line.startswith(f"standard 2 in epoch 7 {finite} steps ") for line in lines)


def test_measures_by_convention_beside_their_floors(
    shown: Callable[[str], list[str]], results: Path
) -> None:
    lines = shown(f"measures/{PLACE}")
    dataset = store.read(results / f"measures/{PLACE}")
    # The nets come to rest at 0, which is scored, and counted as failure.
    distance = dataset["spectrum_distance"].sel(convention="standard")
    floor = float(dataset["spectrum_distance_floor"].sel(convention="standard"))
    median = np.median(np.where(np.isfinite(distance), distance, np.inf))
    assert any(
        line.startswith(f"spectrum_distance {median:.3g} ± ")
        and line.endswith(f" {floor:.3g} 3 of 3")
        for line in lines
    )
    assert "failed: member 0 constant, member 1 constant, member 2 training diverged" in lines
    error = dataset["prediction_error"].sel(horizon=5).values
    assert f"squared error 5 steps ahead {error[0]:.3g} {error[1]:.3g} -" in lines


def test_gradients_beside_the_largest_exponent(shown: Callable[[str], list[str]]) -> None:
    lines = shown(f"gradients/{PLACE}")
    rate = f"{np.log(0.5):.3g}"
    assert any(line.startswith(f"λ_max of the net {rate} ") for line in lines)
    falling = [line for line in lines if line.startswith(f"jacobian_norm {rate} ")]
    assert len(falling) == 1
    assert falling[0].endswith("▁")
    assert "regime: fixed-point of period 1" in lines


def test_growth_by_member_and_through_all_nets(shown: Callable[[str], list[str]]) -> None:
    lines = shown(f"growth/{PLACE}")
    for member, rate in enumerate((0.5, 0.25)):
        told = f"{np.log(rate):.3g} ± "
        assert any(line.startswith(f"{member} {told}") and line.count(told) == 2 for line in lines)
    assert "2 - ± - - ± -" in lines
    # Each rate is the exponent, so the line through the four nets has slope 1.
    assert any(line.startswith("all 4 1 [1, 1] ") for line in shown("tables/growth.nc"))


def test_verdicts_net_by_net(shown: Callable[[str], list[str]], results: Path) -> None:
    lines = shown("tables/theorems.nc")
    verdicts = store.read(results / "tables/theorems.nc")["verdict"].values[0].tolist()
    row = next(line for line in lines if line.startswith("fixed-point plrnn trained fixed-point "))
    assert row.endswith(" ".join(verdicts))


def test_the_course_of_a_training(shown: Callable[[str], list[str]]) -> None:
    # At both snapshots two members shrink by 1/2 and 1/4 a step, the third escapes or diverged.
    median, norm = np.log(0.5) * 1.5, np.log(0.5) * 1.5 * 19
    lines = shown(f"courses/{PLACE}")
    assert f"0 2 of 3 {median:.3g} {norm:.3g}" in lines
    assert f"8 2 of 3 {median:.3g} {norm:.3g}" in lines


def test_gradients_between_forcings(shown: Callable[[str], list[str]], results: Path) -> None:
    lines = shown(f"forced/{PLACE}")
    factors = store.read(results / f"forced/{PLACE}")["largest_factor"]
    last = float(factors.sel(member=1, quantile=0.5)[-1])
    assert any(line.startswith(f"1 0.5 {last:.3g}") for line in lines)


def test_a_curve_goes_from_its_lowest_to_its_highest() -> None:
    assert sparkline(np.arange(8)) == LEVELS
    assert sparkline([1.0, np.nan, 0.0]) == "█ ▁"
    assert sparkline([3.0, 3.0]) == "▁▁"
    assert sparkline([np.nan]) == ""
    assert sparkline(np.arange(1000.0))[:: len(sparkline(np.arange(1000.0))) - 1] == "▁█"


def test_columns_stand_below_each_other() -> None:
    assert aligned([["a", "b"], ["long", "c"]]) == ["a     b", "long  c"]
    assert [number(value) for value in (0.012345, 123456.0, np.nan)] == ["0.0123", "1.23e+05", "-"]
