"""The table of verdicts: a row a net and norm, also of nets that went astray or did not survive."""

import json

import numpy as np
import pytest
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.gradients.regimes import REGIMES
from chaoslearn.records import theorems
from chaoslearn.records.gradients import Extent, trace_constructed

FIRST = [
    "regime", "cell", "origin", "quantity", "rate", "rate_error", "largest_exponent", "verdict",
]  # fmt: skip


def net(made: str, **wildcards: str) -> xr.Dataset:
    dataset = trace_constructed(cells.load("plrnn"), made, 10, Extent(4, 1000, 200))
    return dataset.assign_attrs(wildcards=json.dumps({"cell": "plrnn", **wildcards}))


@pytest.fixture(scope="module")
def table() -> xr.Dataset:
    """A constructed net, one that was to be chaotic and settled, and one that did not survive."""
    right = theorems.Net.constructed(net("cycle", regime="cycle"))
    regimes = {"lorenz63": "chaos", "torus": "torus"}
    names = {"series": "lorenz63", "forcing": "sparse-30"}
    astray = theorems.Net.trained(net("fixed-point", **names), regimes)
    lost = xr.full_like(net("torus", **{**names, "series": "torus"}), np.nan)
    lost = lost.assign_attrs(member=-1, regime="none", period=0, traced="no member: it escaped")
    return theorems.table([right, astray, theorems.Net.trained(lost, regimes)])


def test_columns_begin_as_agreed_and_every_net_has_three_rows(table: xr.Dataset) -> None:
    frame = theorems.flat(table)
    assert list(frame.columns[: len(FIRST)]) == FIRST
    assert set(frame.columns) == set(theorems.MEANING) | {"quantity"}
    assert len(frame) == 3 * 3


def test_a_constructed_cycle_holds(table: xr.Dataset) -> None:
    cycle = table.isel(net=0)
    assert cycle["origin"] == "constructed"
    assert cycle["theorem"].values.tolist() == ["T1"] * 3
    assert cycle["verdict"].values.tolist() == ["holds"] * 3
    np.testing.assert_allclose(cycle["rate"][0], cycle["largest_exponent"], rtol=1e-2)


def test_a_net_in_another_regime_is_judged_by_that_one(table: xr.Dataset) -> None:
    astray = table.isel(net=1)
    assert astray["regime"] == "chaos"
    assert astray["regime_found"] == "fixed-point"
    assert set(astray["theorem"].values) == {"T1"}
    assert (astray["series"], astray["forcing"]) == ("lorenz63", "sparse-30")


def test_a_net_that_did_not_survive_is_undecided_and_says_why(table: xr.Dataset) -> None:
    lost = table.isel(net=2)
    assert set(lost["verdict"].values) == {"undecided"}
    assert set(lost["reason"].values) == {"no member: it escaped"}
    assert np.isnan(lost["rate"]).all()


def test_the_table_can_be_written(table: xr.Dataset, tmp_path) -> None:
    store.write(table, tmp_path / "theorems.nc", key="k", settings={})
    read = store.read(tmp_path / "theorems.nc")
    assert read["verdict"].values.tolist() == table["verdict"].values.tolist()


@pytest.mark.slow
@pytest.mark.parametrize("name", cells.names())
def test_every_constructed_net_is_in_its_regime_and_no_theorem_fails(name: str) -> None:
    extent = Extent(starts=6, jacobian_steps=3000, parameter_steps=500)
    nets = []
    for regime in REGIMES:
        dataset = trace_constructed(cells.load(name), regime, 30, extent)
        words = json.dumps({"cell": name, "regime": regime})
        nets.append(theorems.Net.constructed(dataset.assign_attrs(wildcards=words)))
    table = theorems.table(nets)
    assert table["regime_found"].values.tolist() == list(REGIMES)
    assert "does not hold" not in table["verdict"].values
    assert set(table["verdict"][:3].values.ravel()) == {"holds"}  # chaos may need more starts
