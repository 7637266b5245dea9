"""The typed config: one schema, no unknown keys, one clear line for each mistake."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from configured import ROOT, SWEEP, default, study

from chaoslearn.config import parse, read, schema
from chaoslearn.errors import InputError


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
        (
            {"series": {"mine": {"kind": "file", "path": "a.csv"}}},
            r"series\.mine: give either `step` or `time_column`",
        ),
        ({"results": ""}, "config: results: "),
        ({"results": "o{u}t"}, "config: results: "),
        ({"experiments": {"a": {**SWEEP, "cells": ["lstn"]}}}, "cell 'lstn': unknown"),
        ({"experiments": {"a": {**SWEEP, "forcings": ["spars-3"]}}}, "spars-3: unknown"),
        ({"experiments": {"a": {**SWEEP, "cells": ["no.such"]}}}, "module no.such: cannot be"),
        ({"experiments": {"a": {**SWEEP, "cells": ["x/y.py"]}}}, "a path cannot stand in"),
        ({"experiments": {"a": {**SWEEP, "cells": [".rnn"]}}}, "module .rnn: cannot be found"),
        ({"experiments": {"a": {**SWEEP, "forcings": ["os.path.x-1"]}}}, "os.path.x-1: unknown"),
        ({"own_series": {"cells": ["rnm"]}}, r"own_series\.cells: cell 'rnm': unknown"),
        ({"own_series": {"forcings": ["sparce-3"]}}, r"own_series\.forcings: .* sparce-3: unknown"),
        (
            {"experiments": {"course": {"training": {"snapshots": 1}}}},
            r"experiments\.course: .* training\.snapshots is 1; ask for 2",
        ),
        (
            {"experiments": {"link": {**SWEEP, "figure": "attractor"}}},
            r"experiments\.link: the figure of gradients\.link is called so; rename it",
        ),
        (
            {"experiments": {"theorems": {"forcings": ["sparse-10", "sparse-20"]}}},
            r"experiments\.theorems: .*shows one forcing",
        ),
        (
            {
                "series": {"standard": default()["series"]["lorenz63"]},
                "experiments": {"divergence": SWEEP},
            },
            r"both make results/figures/divergence-standard\.pdf; rename the experiment",
        ),
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


def test_what_has_no_nets_gets_neither_their_tables_nor_their_figures() -> None:
    nothing = dict.fromkeys(default()["experiments"])
    alone = study({"experiments": nothing, "gradients": {"link": []}})
    made = {Path(job.path).name for job in alone.jobs()}
    assert {"exponents.csv", "scorecard.csv"} < made
    assert not made & {"measures.nc", "growth.nc", "link.pdf"}


@pytest.mark.parametrize(
    ("text", "told"),
    [(None, "cannot be read .*No such file"), ("", "holds no keys"), ("a: [", "cannot be read")],
)
def test_a_config_file_that_is_none_is_refused(text: str | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=rf"config .*mine\.yaml: {told}") as said:
        read(ROOT / "config.yaml", path)
    assert "\n" not in str(said.value)


def test_a_config_without_series_is_refused() -> None:
    nothing = {part: dict.fromkeys(default()[part]) for part in ("series", "experiments")}
    with pytest.raises(InputError, match="config: series: there is none"):
        study({**nothing, "gradients": {"link": []}})


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
    assert named.run("lorenz63", "rnn", "sparse-30").training.learning_rate == 3e-3


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
