"""Experiments that name their series by regime."""

from pathlib import Path
from typing import Any, get_args

import pytest
from configured import default, merged, study

from chaoslearn.config import parse
from chaoslearn.config_gradients import Regime
from chaoslearn.errors import InputError
from chaoslearn.gradients.regimes import REGIMES

THEOREMS = {
    "figure": "theorems",
    "regimes": {"cycle": ["logistic_cycle"], "chaos": ["lorenz63_published"]},
    "cells": ["gru"],
    "forcings": ["sparse-7"],
}


def test_the_order_of_regimes_changes_no_key() -> None:
    turned = {**THEOREMS, "regimes": dict(reversed(THEOREMS["regimes"].items()))}
    tables = [study({"experiments": {"t": asked}}).theorems.table() for asked in (THEOREMS, turned)]
    assert tables[0].key == tables[1].key


def test_regimes_name_the_series_of_an_experiment() -> None:
    made = study({"experiments": {"z": THEOREMS}})
    assert made.experiments["z"].series == ["logistic_cycle", "lorenz63_published"]
    paths = {job.path for job in made.jobs()}
    constructed = [parent.path for parent in made.theorems.figure("z", "constructed").parents]
    assert constructed == [f"results/constructed/{regime}/gru.nc" for regime in ("cycle", "chaos")]
    assert "results/gradients/logistic_cycle/gru/sparse-7.nc" in paths
    table = made.theorems.table()
    assert table.settings["regimes"]["logistic_cycle"] == "cycle"
    assert len(table.parents) == len({job.path for job in table.parents})


def test_a_cell_from_elsewhere_is_trained_but_not_constructed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my_cells").mkdir()
    (tmp_path / "my_cells" / "leaky.py").write_text("from chaoslearn.cells.rnn import *\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    made = study({"experiments": {"z": {**THEOREMS, "cells": ["my_cells.leaky"]}}})
    assert made.theorems.figure("z", "constructed").parents == ()
    assert len(made.theorems.figure("z", "trained").parents) == 2
    paths = [job.path for job in made.jobs()]
    assert "results/figures/z-trained.pdf" in paths
    assert "results/figures/z-constructed.pdf" not in paths


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("latent = undefined\n", "cell my_cells.wrong: NameError: name 'undefined'"),
        ("def step(weights, state): ...\n", "cell 'wrong' has no function"),
    ],
)
def test_a_broken_cell_is_told_before_any_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: str
) -> None:
    (tmp_path / "my_cells").mkdir()
    (tmp_path / "my_cells" / "wrong.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(InputError, match=line):
        study({"experiments": {"z": {**THEOREMS, "cells": ["my_cells.wrong"]}}})


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"regimes": {}, "series": ["torus"]}, "go together"),
        ({"figure": "gradients"}, "go together"),
        ({"series": ["lorenz63"]}, "`series` is left out"),
        ({"regimes": {"cycle": ["torus"], "torus": ["torus"]}}, "stands under one regime"),
        ({"regimes": {"tours": ["torus"]}}, "experiments.z.regimes.tours"),
    ],
)
def test_regimes_that_make_no_sense_are_refused(change: dict[str, Any], line: str) -> None:
    values = merged(default(), {"experiments": {"z": {}}})
    values["experiments"]["z"] = {**THEOREMS, **change}
    with pytest.raises(InputError) as said:
        parse(values)
    assert line in str(said.value)


def test_a_link_to_an_experiment_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"gradients\.link: 'fig99' is no experiment"):
        study({"gradients": {"link": ["fig99"]}})


def test_regimes_of_the_config_are_those_that_can_be_constructed() -> None:
    assert get_args(Regime) == REGIMES
