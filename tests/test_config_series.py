"""Series of the config: released ones, those of a user, and their names."""

from typing import Any

import pytest
from configured import ROOT, SWEEP, study

from chaoslearn.errors import InputError

RELEASED = {"kind": "published", "name": "lorenz"}


@pytest.mark.parametrize("place", [(), ("embedding",), ("preprocess",)], ids=".".join)
def test_an_unknown_key_is_refused_in_a_published_series(place: tuple[str, ...]) -> None:
    change: dict[str, Any] = {"colour": 3}
    for key in reversed(place):
        change = {key: change}
    where = ".".join(("series", "released", *place, "colour"))
    with pytest.raises(InputError, match=rf"config: {where}: unknown key"):
        study({"series": {"released": {**RELEASED, **change}}})


def test_a_series_that_is_not_there_is_named() -> None:
    mars = {**SWEEP, "series": ["mars"]}
    with pytest.raises(InputError, match=r"experiments\.a\.series: 'mars' is no series"):
        study({"experiments": {"a": mars}})


def test_a_series_called_like_an_experiment_is_refused() -> None:
    mine = {"kind": "file", "path": str(ROOT / "tests/data/roessler.csv"), "step": 0.2}
    with pytest.raises(InputError, match=r"series\.fig2: its figure would be called 'fig2'"):
        study({"series": {"fig2": mine}})


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
