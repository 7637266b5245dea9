"""The command as a person meets it: quick help, one line where input is bad, no broken pipes."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import xarray as xr

from chaoslearn import command, store
from chaoslearn.command import main

ROOT = Path(__file__).parents[2]
COMMANDS = ("show", "tau", "measures", "predict")


def test_the_installed_command_is_this_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert pkgutil.resolve_name(project["scripts"]["chaoslearn"]) is main


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)])
def test_help_imports_nothing_that_computes(words: list[str]) -> None:
    code = (
        "import sys; from chaoslearn.command import main\n"
        f"try: main({[*words, '--help']})\n"
        "except SystemExit: print({'numpy', 'xarray', 'torch'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.endswith("set()\n")


def test_every_subcommand_is_a_module_and_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    told = capsys.readouterr().out
    for name in COMMANDS:
        assert f"    {name} " in told
        assert callable(pkgutil.resolve_name(f"{command.__name__}.{name}").run)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_imports_torch(name: str) -> None:
    code = f"import sys, chaoslearn.command.{name}; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_reader_that_has_seen_enough_ends_it_in_silence(results: Path) -> None:
    line = f"'{sys.executable}' -m chaoslearn show '{results / 'series/decay.nc'}' | true"
    told = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line on stderr."""
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    told = capsys.readouterr()
    assert ended.value.code == 1
    assert told.out == ""
    assert told.err.startswith("error: ")
    assert told.err.count("\n") == 1
    return told.err


def test_files_that_cannot_be_shown(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (results / "series/decay.nc").read_bytes()
    cut, text = tmp_path / "cut.nc", tmp_path / "text.nc"
    cut.write_bytes(whole[: len(whole) // 2])
    text.write_text("x,y\n1,2\n")
    assert f"{tmp_path / 'no.nc'}: no such file" in refused(capsys, "show", f"{tmp_path}/no.nc")
    assert f"{cut}: not a readable netCDF file" in refused(capsys, "show", str(cut))
    assert f"{text}: no netCDF file" in refused(capsys, "show", str(text))
    assert f"{tmp_path}: a folder" in refused(capsys, "show", str(tmp_path))


def test_a_file_of_someone_else_is_shown_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.nc"
    xr.Dataset({"observed": ("time", [1.0, 2.0])}).to_netcdf(path, engine="netcdf4")
    main(["show", str(path)])
    assert f"{path}: not a file of chaoslearn\ndimensions: time 2" in capsys.readouterr().out


def test_a_file_of_another_version_is_told(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.nc"
    store.read(results / "exponents/decay.nc").drop_vars("predictability_time").to_netcdf(path)
    line = refused(capsys, "show", str(path))
    assert f"{path}: made by another version of chaoslearn" in line
    assert "predictability_time" in line


@pytest.mark.parametrize("name", ["settings", "wildcards"])
@pytest.mark.parametrize("text", ["{seed: 1}", "none", "[1]", 7])
def test_a_file_whose_origin_is_no_json(
    name: str,
    text: str | int,
    results: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "edited.nc"
    nets = store.read(results / "training/decay/plrnn/sparse-5.nc")
    nets.assign_attrs({name: text}).to_netcdf(path, engine="netcdf4")
    told = f"{path}, attribute {name}: no names and values in JSON; run the workflow again"
    assert told in refused(capsys, "show", str(path))
    out = tmp_path / "out.nc"
    assert told in refused(capsys, "predict", str(path), "--steps", "5", "-o", str(out))


def test_measures_that_are_not_there(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["measures", "--results", str(results)]
    missing = refused(capsys, "measures", "--results", str(tmp_path))
    assert "measures.nc: no such file; run the workflow" in missing
    assert "there are plrnn, rnn" in refused(capsys, *here, "--cell", "lstm")
    assert "no such column; there are series, cell" in refused(capsys, *here, "--sort", "quality")


def test_predictions_that_cannot_be_made(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trained, out = results / "training/decay/plrnn/sparse-5.nc", tmp_path / "out.nc"
    alone, series = tmp_path / "alone.nc", results / "series/decay.nc"
    alone.write_bytes(trained.read_bytes())

    def said(*words: str | Path) -> str:
        return refused(capsys, "predict", *map(str, words))

    assert "an observed series, where trained nets should be; look in results/training" in said(
        series, "--steps", "5", "-o", out
    )
    assert "series decay is not beside it; name its file by --series" in said(
        alone, "--steps", "5", "-o", out
    )
    assert "--steps 0" in said(trained, "--steps", "0", "-o", out)
    for many in ("10000000000000", "1" + 30 * "0"):
        assert "more than the memory of this machine" in said(trained, "--steps", many, "-o", out)
    for folder in (".", "", tmp_path):
        assert f"-o {Path(folder)}: a folder; name" in said(trained, "--steps", "5", "-o", folder)
    assert "would overwrite its own input" in said(trained, "--steps", "5", "-o", trained)
    assert "out.nc: cannot be written" in said(trained, "--steps", "5", "-o", alone / "out.nc")
    assert not out.exists()
    assert trained.read_bytes() == alone.read_bytes()


def test_series_that_show_no_exponent(
    results: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wave.csv").write_text("x\n" + "0.2\n0.9\n0.4\n0.7\n" * 250)
    line = refused(capsys, "tau", "wave.csv", "--dt", "0.1")
    assert "wave.csv: " in line
    assert "repeats itself" in line
    assert Path("divergence-wave.png").is_file()
    assert "has no column 'z'; it has x" in refused(
        capsys, "tau", "wave.csv", "--dt", "0.1", "--columns", "z"
    )
    for power in (307, -307):
        numbers = "".join(f"{digit}e{power}\n" for digit in (2, 9, -4, 7))
        Path("scale.csv").write_text("x\n" + numbers * 250)
        assert "scale.csv, column x: its numbers are too large or too small" in refused(
            capsys, "tau", "scale.csv", "--dt", "0.1"
        )
    assert "wave.jpg: no ending of a figure" in refused(
        capsys, "tau", "wave.csv", "--dt", "0.1", "--picture", "wave.jpg"
    )
    assert "made by the workflow" in refused(
        capsys, "tau", str(results / "series/decay.nc"), "--dt", "0.5"
    )
