"""Free runs by ``chaoslearn predict`` are those of the nets, and say where they come from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from chaoslearn import store
from chaoslearn.command import main

TRAINED = "training/decay/plrnn/sparse-5.nc"


def predicted(results: Path, output: Path, *words: str) -> Path:
    main(["predict", str(results / TRAINED), "-o", str(output), *words])
    return output


def test_a_linear_net_decays_from_the_samples_that_the_workflow_starts_from(
    results: Path, tmp_path: Path
) -> None:
    found = store.read(predicted(results, tmp_path / "new/out.nc", "--steps", "12"))["generated"]
    series = store.read(results / "series/decay.nc")["observed"].values
    powers = 0.5 ** np.arange(1, 13)[:, None]
    for convention, start in (("published", series[0]), ("standard", series[600])):
        run = found.sel(convention=convention, member=0)
        np.testing.assert_allclose(run, powers * start, rtol=1e-6)
    assert found.sizes == {"convention": 2, "member": 3, "time": 12, "component": 2}
    np.testing.assert_allclose(found["time"], 0.5 * np.arange(1, 13))


def test_it_makes_what_the_rule_makes(results: Path, tmp_path: Path) -> None:
    path = predicted(results, tmp_path / "out.nc", "--steps", "500", "--transient", "3")
    workflow = store.read(results / TRAINED.replace("training", "free_runs"))
    assert store.read(path).drop_attrs().identical(workflow.drop_attrs())


def test_it_says_what_it_was_made_from(results: Path, tmp_path: Path) -> None:
    one, two, longer = (
        store.read(predicted(results, tmp_path / f"{name}.nc", "--steps", steps)).attrs
        for name, steps in (("one", "5"), ("two", "5"), ("longer", "6"))
    )
    assert json.loads(one["settings"]) == {
        "steps": 5,
        "transient": 0,
        "training": f"key of {TRAINED}",
        "series": "key of series/decay.nc",
    }
    assert json.loads(one["wildcards"])["cell"] == "plrnn"
    assert one["key"] == two["key"] != longer["key"]
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()


def test_a_series_elsewhere_is_named(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(results / TRAINED, tmp_path / "nets.nc")
    nets, out, series = tmp_path / "nets.nc", tmp_path / "out.nc", results / "series/decay.nc"
    main(["predict", str(nets), "--steps", "5", "-o", str(out), "--series", str(series)])
    assert capsys.readouterr().out.startswith(f"{out}: free runs of 5 steps\n")
    expected = store.read(predicted(results, tmp_path / "same.nc", "--steps", "5"))
    assert store.read(out).identical(expected)
