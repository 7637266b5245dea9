"""A series from a file: what is read, bit for bit, and each way a file can be unusable."""

from pathlib import Path

import numpy as np
import pytest
import xarray
from hypothesis import HealthCheck, given, settings, strategies as some
from hypothesis.extra.numpy import arrays

from chaoslearn.errors import InputError
from chaoslearn.series.from_file import read_series

ROESSLER = Path(__file__).parents[1] / "data" / "roessler.csv"
VALUES = np.random.default_rng(0).standard_normal((12, 3))


def written(folder: Path, text: str) -> str:
    path = folder / "series.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_sample_file_is_read() -> None:
    series, components, step = read_series(str(ROESSLER), time_column="time")
    assert components == ("x", "y", "z")
    assert series.shape == (2000, 3)
    assert series.dtype == np.float64
    assert step == pytest.approx(0.2, rel=1e-12)
    chosen = read_series(str(ROESSLER), columns=["z", "x"], step=0.2)
    np.testing.assert_array_equal(chosen.series, series[:, [2, 0]])
    assert (chosen.components, chosen.step) == (("z", "x"), 0.2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    values=arrays(
        np.float64,
        some.tuples(some.integers(2, 8), some.integers(1, 4)),
        elements=some.floats(allow_nan=False, allow_infinity=False, width=64),
    ),
    delimiter=some.sampled_from([",", ";", "\t"]),
    named=some.booleans(),
    ending=some.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_csv_round_trip(
    tmp_path: Path, values: np.ndarray, delimiter: str, named: bool, ending: str
) -> None:
    values[0], values[1] = -1.5, 2.5
    values[2:3] = 0.0  # no column rises evenly, as time stamps do: those are left out
    lines = [delimiter.join(map(repr, row)) for row in values.tolist()]
    if named:
        lines.insert(0, delimiter.join(f"c{index}" for index in range(values.shape[1])))
    (tmp_path / "trip.csv").write_bytes((ending.join(lines) + ending).encode())
    series, components, _ = read_series(str(tmp_path / "trip.csv"), step=1.0)
    np.testing.assert_array_equal(series, values)
    assert components[0] == ("c0" if named else "column_0")


def test_npy_of_one_and_of_several_columns(tmp_path: Path) -> None:
    np.save(tmp_path / "many.npy", VALUES)
    np.save(tmp_path / "one.npy", np.array([1, 0, 3, 2, 4], dtype=np.int32))
    many = read_series(str(tmp_path / "many.npy"), step=0.5, columns=["column_2", "column_0"])
    np.testing.assert_array_equal(many.series, VALUES[:, [2, 0]])
    one = read_series(str(tmp_path / "one.npy"), step=0.5)
    np.testing.assert_array_equal(one.series.T, [[1.0, 0.0, 3.0, 2.0, 4.0]])
    assert one.components == ("column_0",)


def test_netcdf_variables_and_their_columns(tmp_path: Path) -> None:
    path = str(tmp_path / "series.nc")
    xarray.Dataset(
        {"observed": (("time", "component"), VALUES), "pressure": ("time", VALUES[:, 1])},
        coords={"time": 0.25 * np.arange(12), "component": ["x", "y", "z"]},
    ).to_netcdf(path)
    series, components, step = read_series(path, time_column="time")
    assert set(components) == {"observed_0", "observed_1", "observed_2", "pressure"}
    assert step == 0.25
    chosen = read_series(path, step=1.0, columns=["observed_2", "pressure"])
    np.testing.assert_array_equal(chosen.series, VALUES[:, [2, 1]])
    assert series.shape == (12, 4)


def test_netcdf_with_time_as_its_second_dimension(tmp_path: Path) -> None:
    path = str(tmp_path / "series.nc")
    xarray.Dataset(
        {"u": (("component", "time"), VALUES.T), "v": (("time", "component"), VALUES)},
        coords={"time": 0.25 * np.arange(12)},
    ).to_netcdf(path)
    series, components, step = read_series(path, time_column="time")
    assert components == ("u_0", "u_1", "u_2", "v_0", "v_1", "v_2")
    np.testing.assert_array_equal(series, np.hstack([VALUES, VALUES]))
    assert step == 0.25


@pytest.mark.parametrize("places", [np.arange(12.0), VALUES[:, 0]])
def test_a_coordinate_is_no_observation(tmp_path: Path, places: np.ndarray) -> None:
    path = str(tmp_path / "field.nc")
    values = np.zeros((12, 2, 2))
    xarray.Dataset({"u": (("place", "y", "x"), values)}, coords={"place": places}).to_netcdf(path)
    with pytest.raises(InputError, match=r"all it has looks like time \(place\); name the columns"):
        read_series(path, step=1.0)
    assert read_series(path, step=1.0, columns=["place"]).components == ("place",)


def test_columns_that_are_not_chosen_may_hold_anything(tmp_path: Path) -> None:
    path = written(tmp_path, "when,x,note\n2020-01-01,1,\n2020-01-02,2,broken\n2020-01-03,4,nan\n")
    np.testing.assert_array_equal(read_series(path, step=1, columns=["x"]).series.T, [[1, 2, 4]])


def test_rounded_time_stamps_are_even(tmp_path: Path) -> None:
    rows = "".join(f"{0.1773 * index:.3f},{index % 7}\n" for index in range(500))
    assert read_series(
        written(tmp_path, "t,x\n" + rows), time_column="t", columns=["x"]
    ).step == pytest.approx(0.1773, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        ("x,y\n1,2\n3,nan\n5,6\n", {}, "line 3, column y: nan is not finite"),
        ("x,y\n1,2\n3,inf\n5,6\n", {}, "line 3, column y: inf is not finite"),
        ("x,y\n1,2\n\n# a remark\n3,bad\n", {}, "line 5, column y: 'bad' is not a number"),
        ("x,y\n1,2\n3,\n", {}, "line 3, column y: '' is not a number"),
        ("x,y\n1,2\n3,2\n5,2\n", {}, "column y is constant"),
        ("x,y\n1,2\n3\n", {}, "line 3 has 1 cells where there are 2 columns"),
        ("x,x\n1,2\n3,4\n", {}, "two columns named 'x'"),
        ("0,1\n1013.1,2\n1013.4,3\n", {}, "line 1 counts the columns from 0, as pandas does"),
        ("1,n/a\n2,3\n4,5\n", {}, "line 1 mixes names and numbers"),
        ('a,b\n"1\n",2\n3,4\n', {}, r"line 2: a quote cannot be read \(it is not closed"),
        ('x\n# "\n1\n\n2\n"3\n4\n5\n', {}, r"line 6: a quote cannot be read \(unexpected end"),
        ('x\n1\n"2\n' + "3.25\n" * 40_000, {}, r"line 3: a quote cannot be read \(field larger"),
        ('x,y\n1,2\n"3"4,5\n', {}, r"line 3: a quote cannot be read \(.* expected after"),
        ("", {}, "is empty"),
        ("x,y\n", {}, "has 0 samples where 2 are needed"),
        ("x\n1\n2\n3\n", {"fewest_samples": 201}, "has 3 samples where 201 are needed"),
        ("x,y\n1,2\n3,4\n", {"columns": ["z"]}, "no column 'z'; it has x, y"),
        ("x,y\n1,2\n3,4\n", {"columns": ["x", "x"]}, "'x' is chosen twice"),
        ("x,y\n1,2\n3,4\n", {"columns": []}, "no column is chosen"),
        ("x,y\n1,2\n3,4\n", {"step": None}, "sampling step is missing; give either step or"),
        ("x,y\n1,2\n3,4\n", {"time_column": "x"}, "sampling step is given twice"),
        ("x,y\n1,2\n3,4\n", {"step": 0.0}, r"sampling step is 0\.0"),
        ("t,x\n0,1\n1,2\n2,4\n3.5,1\n", {"step": None, "time_column": "t"},
         r"line 5, column t: the time stamps are uneven, 1\.5 after .* where 1 is usual"),
        ("t,x\n0,1\n1,2\n2,4\n1,1\n3,1\n", {"step": None, "time_column": "t"},
         "line 5.*uneven, -1"),
        ("t,x\n3,1\n2,2\n1,4\n", {"step": None, "time_column": "t"}, "the times do not rise"),
        ("t,x\n0,1\n1,2\n", {"step": None, "time_column": "when"}, "no column 'when'"),
        ("t,x\n0,1\nmon,2\n", {"step": None, "time_column": "t"}, "line 3, column t: 'mon' is not"),
    ],
)  # fmt: skip
def test_each_fault_of_a_csv_file_is_told_in_one_line(
    tmp_path: Path, text: str, arguments: dict, message: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=message) as caught:
        read_series(path, **({"step": 1.0} | arguments))
    assert "\n" not in str(caught.value)
    assert path in str(caught.value)


def test_faults_of_other_files(tmp_path: Path) -> None:
    spoilt = VALUES.copy()
    spoilt[7, 1] = np.nan
    np.save(tmp_path / "spoilt.npy", spoilt)
    np.save(tmp_path / "cube.npy", np.zeros((3, 3, 3)))
    np.save(tmp_path / "complex.npy", np.array([1j, 2.0]))
    np.save(tmp_path / "objects.npy", np.array([{}, 2.0], dtype=object), allow_pickle=True)
    np.savez(tmp_path / "several.npz", x=VALUES, y=VALUES)
    (tmp_path / "several.npz").rename(tmp_path / "several.npy")
    xarray.Dataset({"x": ("time", np.arange(5000.0))}).to_netcdf(tmp_path / "whole.nc")
    (tmp_path / "cut.nc").write_bytes((tmp_path / "whole.nc").read_bytes()[:5000])
    (tmp_path / "cut.npy").write_bytes((tmp_path / "spoilt.npy").read_bytes()[:150])
    (tmp_path / "latin.csv").write_bytes("größe\n1\n2\n".encode("latin-1"))
    (tmp_path / "series.txt").write_text("1\n2\n")
    for name, message in [
        ("spoilt.npy", "row 7, column column_1: nan is not finite"),
        ("cube.npy", "has 3 dimensions"),
        ("complex.npy", "no column of real numbers"),
        ("objects.npy", "cannot be read as npy"),
        ("cut.npy", "cannot be read as npy"),
        ("several.npy", "cannot be read as npy .*; save it again, by numpy.save"),
        ("cut.nc", "cannot be read as netCDF"),
        ("latin.csv", "not text in UTF-8"),
        ("series.txt", r"ends in \.txt; give a file ending in \.csv, \.npy, \.nc"),
        ("absent.csv", "does not exist"),
    ]:
        with pytest.raises(InputError, match=message) as caught:
            read_series(str(tmp_path / name), step=1.0)
        assert "\n" not in str(caught.value)
        assert name in str(caught.value)


def test_a_column_that_counts_time_is_observed_only_if_it_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "t,n,x\n0.000,1,3\n0.333,2,1\n0.667,3,4\n1.000,4,1\n")
    assert read_series(path, step=1 / 3).components == ("x",)
    assert read_series(path, step=1 / 3, columns=["n", "x"]).components == ("n", "x")


def test_where_every_column_rises_evenly_one_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "t,n\n0.0,1\n0.5,2\n1.0,3\n")
    with pytest.raises(InputError, match=r"all it has looks like time \(t, n\); name the columns"):
        read_series(path, step=0.5)
    with pytest.raises(InputError, match=r"all it has looks like time \(t, n\); name the columns"):
        read_series(path, time_column="t")
    assert read_series(path, step=0.5, columns=["n"]).components == ("n",)


@pytest.mark.parametrize(
    "times",
    [
        np.round(np.arange(12) / 30, 2),  # 30 Hz, two decimals
        np.delete(np.arange(13), 4),  # a row is missing
        np.arange(12)[::-1],  # newest first
    ],
)
def test_times_that_do_not_rise_evenly_are_no_component(tmp_path: Path, times: np.ndarray) -> None:
    rows = "".join(f"{time},{value}\n" for time, value in zip(times, VALUES[:, 0], strict=True))
    path = written(tmp_path, "t,x\n" + rows)
    with pytest.raises(InputError, match="column t looks like time but does not rise evenly; name"):
        read_series(path, step=1.0)
    assert read_series(path, step=1.0, columns=["x"]).components == ("x",)
    # Nine rows may be in order by chance.
    short = written(tmp_path, "t,x\n" + "".join(rows.splitlines(keepends=True)[:9]))
    assert read_series(short, step=1.0).components == ("t", "x")
