"""Growth of all members, and the table with the line through all nets."""

import json

import numpy as np
import pytest
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.records import growth, growth_table
from chaoslearn.records.series import ObservedSeries

SERIES = ObservedSeries(np.eye(2), np.random.default_rng(0).standard_normal((50, 2)), 1.0)


def measured(rates: list[float], survived: list[bool], series: str = "a") -> xr.Dataset:
    """Members z ← rate · z."""
    members = len(rates)
    weights = {
        "diagonal": np.repeat(np.array(rates)[:, None], 2, axis=1),
        "recurrent": np.zeros((members, 2, 2), np.float32),
        "bias": np.zeros((members, 2), np.float32),
        "readout": np.stack([np.eye(2, dtype=np.float32)] * members),
    }
    dataset = growth.measure(
        cells.load("plrnn"), weights, np.array(survived), SERIES, starts=3, steps=100
    )
    words = json.dumps({"series": series, "cell": "plrnn", "forcing": "sparse-30"})
    numbers = store.variable("member", np.arange(members), "number of the member")
    return dataset.assign_coords(member=numbers).assign_attrs(wildcards=words)


def test_every_member_has_its_rate_unless_it_did_not_survive() -> None:
    dataset = measured([0.9, 2.0, 0.5], [True, True, False])
    np.testing.assert_allclose(dataset["growth_rate"], [np.log(0.9), np.nan, np.nan], atol=1e-12)
    np.testing.assert_allclose(dataset["largest_exponent"], dataset["growth_rate"], atol=1e-10)


def test_the_table_holds_every_net_and_the_line_through_those_with_a_rate(tmp_path) -> None:
    table = growth_table.table(
        [measured([0.9, 2.0], [True, True]), measured([0.5, 0.8], [True, True], "b")]
    )
    store.write(table, tmp_path / "growth.nc", key="k", settings={})
    frame = growth_table.flat(store.read(tmp_path / "growth.nc"))
    assert frame["series"].tolist() == ["a", "a", "b", "b"]
    assert frame["member"].tolist() == [0, 1, 0, 1]
    assert frame["growth_rate"].isna().tolist() == [False, True, False, False]
    assert table["slope"].sel(subset="all").item() == pytest.approx(1, abs=1e-6)
    assert not table["chaotic"].any()
    assert np.isnan(table["slope"].sel(subset="chaotic"))
