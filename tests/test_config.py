"""The typed config: one schema, no unknown keys, one clear line for each mistake."""

import copy
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from chaoslearn.config import parse, read, schema
from chaoslearn.config_gradients import Regime
from chaoslearn.errors import InputError
from chaoslearn.gradients.regimes import REGIMES
from chaoslearn.study import Study

ROOT = Path(__file__).parents[1]


def default() -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text())
    return values


def merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    result = copy.deepcopy(base)
    for key, value in change.items():
        nested = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if nested else value
    return result


def study(change: dict[str, Any]) -> Study:
    return Study(parse(merged(default(), change)), ROOT)


def test_the_schema_in_the_repository_is_the_one_of_the_types() -> None:
    assert (ROOT / "workflow/schemas/config.schema.yaml").read_text() == schema()


@pytest.mark.parametrize("scale", ["smoke", "paper"])
def test_every_scale_is_valid_and_has_its_own_folder(scale: str) -> None:
    change = yaml.safe_load((ROOT / f"config/{scale}.yaml").read_text())
    assert study(change).config.results == f"results/{scale}"
    assert read(ROOT / "config.yaml").results == "results"


PLACES = (
    (), ("series", "lorenz63"), ("exponents",), ("training",), ("free_runs",), ("measures",),
    ("gradients",), ("experiments", "fig1a"), ("own_series",),
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_an_unknown_key_is_refused_at_every_level(place: tuple[str, ...]) -> None:
    values = default()
    inner = values
    for key in place:
        inner = inner[key]
    inner["colour"] = 3
    with pytest.raises(InputError) as said:
        parse(values)
    where = ".".join((*place, "colour"))
    assert f"config: {where}: unknown key" in str(said.value)
    assert "\n" not in str(said.value)


RELEASED = {"kind": "published", "name": "lorenz"}


@pytest.mark.parametrize("place", [(), ("embedding",), ("preprocess",)], ids=".".join)
def test_an_unknown_key_is_refused_in_a_published_series(place: tuple[str, ...]) -> None:
    change: dict[str, Any] = {"colour": 3}
    for key in reversed(place):
        change = {key: change}
    where = ".".join(("series", "released", *place, "colour"))
    with pytest.raises(InputError, match=rf"config: {where}: unknown key"):
        study({"series": {"released": {**RELEASED, **change}}})


SWEEP = {"figure": "sweep", "series": ["lorenz63"], "cells": ["rnn"], "forcings": ["sparse-30"]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"training": {"learning_rate": "1e-3"}}, r"training.learning_rate: .* write 1\.0e-3"),
        ({"training": {"members": 0}}, "training.members: .* greater than or equal to 1, got 0"),
        ({"training": {"latent": 0}}, "training.latent: .* got 0"),
        ({"training": {"epochs": 1.5}}, "training.epochs: .* got 1.5"),
        ({"training": {"batch": -3}}, "training.batch: .* got -3"),
        ({"series": {"lorenz63": {"step": -0.01}}}, "series.lorenz63.step: .* got -0.01"),
        ({"series": {"lorenz63": {"step": float("nan")}}}, "series.lorenz63.step: "),
        (
            {"series": {"lorenz63": {"parameters": {"rho": float("nan")}}}},
            "series.lorenz63.parameters.rho: .* finite",
        ),
        (
            {"series": {"lorenz63": {"system": "lorentz"}}},
            r"config: series\.lorenz63\.system: system 'lorentz' is unknown",
        ),
        ({"series": {"lorenz63": {"kind": "wave"}}}, "series.lorenz63: .*'published'"),
        ({"series": {"lorenz63": {"noise": -1.0}}}, r"series\.lorenz63\.noise: .* got -1\.0"),
        (
            {"series": {"lorenz63": {"embedding": {"lag": 0}}}},
            r"lorenz63\.embedding\.lag: .* got 0",
        ),
        (
            {"series": {"lorenz63": {"preprocess": {"seasonal_period": 1}}}},
            r"lorenz63\.preprocess\.seasonal_period: .* equal to 2, got 1",
        ),
        (
            {"series": {"a": {"kind": "published", "name": "mackey_glass"}}},
            r"series\.a\.name: published series 'mackey_glass' is unknown; name one of lorenz, ",
        ),
        ({"series": {"mine": {"kind": "file"}}}, "series.mine.path: Field required"),
        ({"experiments": {"a": {**SWEEP, "cells": ["lstn"]}}}, "cell 'lstn': unknown"),
        ({"experiments": {"a": {**SWEEP, "forcings": ["spars-3"]}}}, "spars-3: unknown"),
        ({"experiments": {"a": {**SWEEP, "cells": ["no.such"]}}}, "module no.such: cannot be"),
        ({"experiments": {"a": {**SWEEP, "cells": ["x/y.py"]}}}, "a path cannot stand in"),
        ({"experiments": {"a": {**SWEEP, "published": "fig99"}}}, "figure 'fig99' of the paper"),
        ({"experiments": {"a": {**SWEEP, "conventions": {}}}}, "a sweep shows one series in each"),
        (
            {"experiments": {"a": {**SWEEP, "series": ["lorenz63", "logistic_cycle"]}}},
            "a sweep shows one series in each",
        ),
        (
            {"experiments": {"fig2": {"series": ["lorenz63", "lorenz63_published"]}}},
            "the figure attractor shows one series",
        ),
        (
            {"experiments": {"a": {**SWEEP, "forcings": ["sparse-3+sparse-5"]}}},
            "the second forcing must be a clipped one",
        ),
        ({"series": {"lorenz63": {"parameters": {"rhoo": 1.0}}}}, "no parameter 'rhoo'"),
        ({"series": {"lorenz63": {"components": ["w"]}}}, "'w' is not observed"),
        ({"experiments": {"a": {**SWEEP, "forcings": ["sparse-0"]}}}, "whole number of steps"),
        ({"experiments": {"a": {**SWEEP, "forcings": ["sparse-2.5"]}}}, "whole number of steps"),
    ],
)
def test_a_mistake_is_told_in_one_line(change: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told) as said:
        study(change)
    assert "\n" not in str(said.value)


def test_a_segment_longer_than_a_given_window_is_refused() -> None:
    change = {"experiments": {"a": {**SWEEP, "setting": "short", "training": {"window": 20}}}}
    with pytest.raises(InputError, match=r"experiments\.a.*sparse-30 has segments of 30 steps"):
        study(change)


def test_one_path_has_one_setting() -> None:
    other = {**SWEEP, "training": {"learning_rate": 0.1}}
    with pytest.raises(InputError, match=r"experiments\.z.*lorenz63/rnn/sparse-30 with other"):
        study({"experiments": {"a": SWEEP, "z": other}})
    named = study({"experiments": {"a": SWEEP, "z": {**other, "setting": "fast"}}})
    assert named.run("lorenz63", "rnn", "sparse-30-fast").training.learning_rate == 0.1
    assert named.run("lorenz63", "rnn", "sparse-30").training.learning_rate == 4e-3


def test_the_order_of_regimes_changes_no_key() -> None:
    turned = {**THEOREMS, "regimes": dict(reversed(THEOREMS["regimes"].items()))}
    tables = [study({"experiments": {"t": asked}}).theorems.table() for asked in (THEOREMS, turned)]
    assert tables[0].key == tables[1].key


def test_the_evening_is_figures_1a_and_2_alone() -> None:
    """A new experiment or series has to be left out there, too."""
    names = ("config.yaml", "config/paper.yaml", "config/evening.yaml")
    evening = read(*(ROOT / name for name in names))
    assert set(evening.experiments) == {"fig1a", "fig2"}
    assert set(evening.series) == {"lorenz63_published"}


def test_the_remedies_are_trained_as_the_evening_is() -> None:
    """What forcing is compared with, by the same protocol, so that sparse-30 is the same nets."""
    names = ("config.yaml", "config/paper.yaml", "config/evening.yaml")
    evening = read(*(ROOT / name for name in names))
    remedies = read(*(ROOT / name for name in (*names, "config/remedies.yaml")))
    assert set(remedies.experiments) == {
        "figTrunc",
        "figWindow",
        "figRandom",
        "figAnneal",
        "figClip",
    }
    assert remedies.training == evening.training


def test_what_an_overlay_sets_to_null_is_left_out() -> None:
    changes = {
        "fig5": None,
        "fig9": {"conventions": {"standard": None}},
        "theorems": {"regimes": {"torus": None}},
    }
    made = study({"experiments": changes, "series": {"chua": None}})
    assert "fig5" in default()["experiments"]
    assert "fig5" not in made.experiments
    assert "chua" not in made.config.series
    assert set(made.experiments["fig9"].conventions) == {"published"}
    assert list(made.experiments["theorems"].regimes) == ["fixed-point", "cycle", "chaos"]
    with pytest.raises(InputError, match=r"theorems\.regimes\.fixedpoint"):
        study({"experiments": {"theorems": {"regimes": {"fixedpoint": None}}}})


def test_a_series_that_is_not_there_is_named() -> None:
    mars = {**SWEEP, "series": ["mars"]}
    with pytest.raises(InputError, match=r"experiments\.a\.series: 'mars' is no series"):
        study({"experiments": {"a": mars}})


def test_a_series_called_like_an_experiment_is_refused() -> None:
    mine = {"kind": "file", "path": str(ROOT / "tests/data/roessler.csv"), "step": 0.2}
    with pytest.raises(InputError, match=r"series\.fig2: its figure would be called 'fig2'"):
        study({"series": {"fig2": mine}})


def test_trainings_that_differ_in_their_names_alone_have_other_keys() -> None:
    """Names seed the random streams: a twin must not resume from the other's checkpoint."""
    twin = study({"experiments": {"a": SWEEP, "z": {**SWEEP, "setting": "twin"}}})
    assert twin.block("lorenz63", "rnn", "sparse-30", "0").key != (
        twin.block("lorenz63", "rnn", "sparse-30-twin", "0").key
    )


def test_five_lines_give_a_users_series_everything() -> None:
    mine = {"kind": "file", "path": str(ROOT / "tests/data/roessler.csv"), "step": 0.2, "unit": "s"}
    paths = {job.path for job in study({"series": {"mine": mine}}).jobs()}
    for path in (
        "series/mine.nc", "exponents/mine.nc", "training/mine/lstm/sparse-auto.nc",
        "measures/mine/rnn/sparse-auto.nc", "gradients/mine/plrnn/sparse-10.nc",
        "figures/mine-standard.pdf", "figures/mine_attractor.pdf", "figures/mine_gradients.pdf",
        "figures/divergence-mine.pdf",
    ):  # fmt: skip
        assert f"results/{path}" in paths


@pytest.mark.parametrize(
    ("name", "system"),
    [("lorenz", "lorenz63_published"), ("roessler", "roessler_published"), ("duffing", "duffing"),
     ("eeg", None), ("temperature", None)],
)  # fmt: skip
def test_a_published_series_has_the_exponents_of_its_known_equations(
    name: str, system: str | None
) -> None:
    made = study({"series": {"released": {"kind": "published", "name": name}}})
    assert made.series("released").script.name == "retrieve_published.py"
    assert made.series("released").settings["standardise"] == "none"
    exponents = made.exponents("released")
    equations = exponents.settings["equations"]
    assert (equations and equations["system"]) == system
    assert exponents.modules == ((f"chaoslearn.systems.{system}",) if system else ())
    assert exponents.parents == (made.series("released"),)


def test_the_default_needs_no_released_file() -> None:
    assert {series.kind for series in study({}).config.series.values()} == {"system"}


def test_one_series_has_its_exponents_estimated_otherwise_and_no_other_key_moves() -> None:
    change = {"series": {"lorenz63_published": {"exponents": {"duration": 77.0}}}}
    settings = study(change).exponents("lorenz63_published").settings
    assert settings["duration"] == 77.0
    assert settings["starts"] == study({}).config.exponents.starts
    before, after = keys({}), keys(change)
    changed = {path for path in before if before[path] != after[path]}
    assert "results/exponents/lorenz63_published.nc" in changed
    assert "results/series/lorenz63_published.nc" not in changed
    assert "results/training/lorenz63_published/rnn/sparse-30/block-0.nc" not in changed
    assert "results/training/lorenz63_published/rnn/sparse-auto/block-0.nc" in changed


def keys(change: dict[str, Any]) -> dict[str, str]:
    return {job.path: job.key for job in study(change).jobs()}


def test_a_new_interval_changes_no_key_but_those_that_collect_it() -> None:
    forcings = default()["experiments"]["fig1a"]["forcings"]
    before, after = (
        keys({}),
        keys({"experiments": {"fig1a": {"forcings": [*forcings, "sparse-7"]}}}),
    )
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {
        "results/tables/measures.nc", "results/figures/fig1a-published.pdf",
        "results/figures/fig1a-standard.pdf", "results/tables/growth.nc",
        "results/figures/link.pdf", "results/scorecard.csv",
    }  # fmt: skip
    assert all("sparse-7" in path for path in after.keys() - before.keys())


def test_more_members_leave_the_blocks_there_are() -> None:
    before, after = keys({}), keys({"training": {"members": 6}})
    blocks = [path for path in before if "/block-" in path]
    assert all(before[path] == after[path] for path in blocks)
    assert all(path.endswith("block-1.nc") for path in after.keys() - before.keys())


def test_a_changed_number_in_a_users_file_changes_that_series_and_nothing_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mine.csv"
    change = {"series": {"mine": {"kind": "file", "path": str(path), "step": 0.1}}}
    path.write_text("x\n1\n2\n")
    before = keys(change)
    path.write_text("x\n1\n3\n")
    after = keys(change)
    changed = {path for path in before if before[path] != after[path]}
    collect = ("/tables/", "/link.", "/scorecard.")
    assert all("mine" in path or any(part in path for part in collect) for path in changed)
    assert "results/series/mine.nc" in changed
    assert "results/figures/mine-standard.pdf" in changed


@pytest.mark.parametrize(
    "change",
    [{"noise": 1.0}, {"embedding": {}, "components": ["x"]}, {"preprocess": {"smooth": 2.0}}],
)
def test_how_a_series_is_observed_changes_what_is_made_from_it(change: dict[str, Any]) -> None:
    before, after = keys({}), keys({"series": {"lorenz63": change}})
    changed = {path for path in before if before[path] != after[path]}
    assert {"results/series/lorenz63.nc", "results/exponents/lorenz63.nc"} <= changed
    assert not any("lorenz63_published/" in path for path in changed)


THEOREMS = {
    "figure": "theorems",
    "regimes": {"cycle": ["logistic_cycle"], "chaos": ["lorenz63_published"]},
    "cells": ["gru"],
    "forcings": ["sparse-7"],
}


def test_regimes_name_the_series_of_an_experiment() -> None:
    made = study({"experiments": {"z": THEOREMS}})
    assert made.experiments["z"].series == ["logistic_cycle", "lorenz63_published"]
    paths = {job.path for job in made.jobs()}
    assert "results/constructed/torus/gru.nc" in paths
    assert "results/gradients/logistic_cycle/gru/sparse-7.nc" in paths
    table = made.theorems.table()
    assert table.settings["regimes"]["logistic_cycle"] == "cycle"
    assert len(table.parents) == len({job.path for job in table.parents})


def test_a_cell_from_elsewhere_is_trained_but_not_constructed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my_cells").mkdir()
    (tmp_path / "my_cells" / "leaky.py").write_text("def step(weights, state): ...\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    made = study({"experiments": {"z": {**THEOREMS, "cells": ["my_cells.leaky"]}}})
    assert made.theorems.figure("z", "constructed").parents == ()
    assert len(made.theorems.figure("z", "trained").parents) == 2


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
