"""A gradients file: of the first net that survived, and valid where none did; and its regime."""

import numpy as np
import pytest
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.gradients.regimes import REGIMES
from chaoslearn.records.gradients import Extent, trace, trace_constructed
from chaoslearn.records.series import ObservedSeries

SERIES = ObservedSeries(np.eye(2), np.random.default_rng(0).standard_normal((50, 2)), 1.0)


def traced(rates: list[float], survived: list[bool]) -> xr.Dataset:
    """Members z ← rate · z, numbered from 10, traced."""
    members = len(rates)
    weights = {
        "diagonal": np.repeat(np.array(rates, np.float32)[:, None], 2, axis=1),
        "recurrent": np.zeros((members, 2, 2), np.float32),
        "bias": np.zeros((members, 2), np.float32),
        "readout": np.stack([np.eye(2, dtype=np.float32)] * members),
    }
    return trace(
        cells.load("plrnn"), weights, range(10, 10 + members), np.array(survived), SERIES,
        Extent(starts=3, jacobian_steps=40, parameter_steps=20),
    )  # fmt: skip


def test_the_first_member_that_neither_diverged_nor_escapes_is_traced() -> None:
    dataset = traced([0.9, 2.0, 0.5, 0.8], [False, True, True, True])
    assert dataset.attrs["member"] == 12
    assert dataset.attrs["traced"].startswith("member 12, the first")
    assert dataset["largest_exponent"].item() == pytest.approx(np.log(0.5))
    growth = (dataset["steps"].values - 1) * np.log(0.5)
    np.testing.assert_allclose(dataset["jacobian_norm"], np.tile(growth, (3, 1)), atol=1e-12)
    assert dataset["growth_rate"].sel(norm="jacobian_norm").item() == pytest.approx(np.log(0.5))
    assert (dataset.attrs["regime"], dataset.attrs["period"]) == ("fixed-point", 1)
    np.testing.assert_allclose(dataset["exponent"], [np.log(0.5)] * 2)


@pytest.mark.parametrize(
    ("rates", "survived"), [([2.0, 3.0], [True, True]), ([0.5, 0.5], [False, False])]
)
def test_where_no_net_survived_the_file_is_valid_and_says_so(rates, survived, tmp_path) -> None:
    dataset = traced(rates, survived)
    store.write(dataset, tmp_path / "a.nc", key="k", settings={})
    found, usual = store.read(tmp_path / "a.nc"), traced([0.5], [True])
    assert found.attrs["member"] == -1
    assert found.attrs["traced"].startswith("no member")
    for name, variable in usual.data_vars.items():
        assert found[name].sizes == variable.sizes
        assert np.isnan(found[name]).all(), name


def test_the_loss_is_said_to_be_against_zero() -> None:
    assert "against zero" in traced([0.5], [True])["loss_gradient_norm"].attrs["long_name"]


@pytest.mark.parametrize("regime", REGIMES)
def test_a_constructed_net_is_found_in_its_regime(regime: str) -> None:
    dataset = trace_constructed(cells.load("plrnn"), regime, 30, Extent(4, 1000, 20))
    assert dataset.attrs["regime"] == regime
    assert dataset.attrs["period"] == {"fixed-point": 1, "cycle": 4}.get(regime, 0)
    rate = dataset["growth_rate"].sel(norm="jacobian_norm").item()
    error = np.hypot(dataset["growth_rate_error"][0], dataset["largest_exponent_error"]).item()
    assert rate == pytest.approx(dataset["largest_exponent"].item(), abs=4 * error + 3e-3)
