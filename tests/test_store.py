"""Files are described, atomic, equal for equal inputs, and say in one line what is wrong."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from chaoslearn import store
from chaoslearn.errors import InputError


def dataset() -> xr.Dataset:
    return xr.Dataset(
        {"observed": store.variable(("time", "component"), np.eye(3), "identity", "m")},
        {"time": store.variable("time", [0.0, 0.5, 1.0], "time", "s")},
        {"sampling_step": 0.5},
    )


def write(path: Path, data: xr.Dataset | None = None) -> None:
    store.write(data or dataset(), path, key="abc", settings={"b": None, "a": True})


def test_what_is_written_is_read_with_its_description(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "a.nc")
    read = store.read(tmp_path / "deep" / "a.nc")
    np.testing.assert_array_equal(read["observed"], np.eye(3))
    assert read["observed"].attrs["units"] == "m"
    assert read.attrs["key"] == "abc"
    assert json.loads(read.attrs["settings"]) == {"a": True, "b": None}
    assert json.loads(read.attrs["packages"])["numpy"] == np.__version__


def test_equal_inputs_give_equal_files(tmp_path: Path) -> None:
    for name in ("a.nc", "b.nc"):
        write(tmp_path / name)
    assert (tmp_path / "a.nc").read_bytes() == (tmp_path / "b.nc").read_bytes()


def test_a_variable_without_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="without long_name and units: x; add both"):
        write(tmp_path / "a.nc", xr.Dataset({"x": ("t", [1.0])}))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_nothing_and_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.nc")
    before = (tmp_path / "a.nc").read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(InputError, match=r"a\.nc: cannot be written \(.*No space left"):
        write(tmp_path / "a.nc")
    assert (tmp_path / "a.nc").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.nc"]


def test_a_truncated_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.nc"
    write(path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(InputError, match=r"a\.nc: not a readable netCDF file .* delete it") as said:
        store.read(path)
    assert "\n" not in str(said.value)
    with pytest.raises(InputError, match=r"b\.nc: no such file"):
        store.read(tmp_path / "b.nc")
