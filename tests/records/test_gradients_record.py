"""A gradients file: of the first net that survived, and valid where none did."""

import numpy as np
import pytest
import torch
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.records.gradients import trace
from chaoslearn.records.series import ObservedSeries

SERIES = ObservedSeries(np.eye(2), np.random.default_rng(0).standard_normal((50, 2)), 1.0)


def traced(rates: list[float], survived: list[bool]) -> xr.Dataset:
    """Members z ← rate · z, numbered from 10, traced."""
    members = len(rates)
    weights = {
        "diagonal": torch.tensor(rates)[:, None].expand(members, 2),
        "recurrent": torch.zeros(members, 2, 2),
        "bias": torch.zeros(members, 2),
        "readout": torch.eye(2).expand(members, 2, 2),
    }
    return trace(
        cells.load("plrnn"), weights, range(10, 10 + members), np.array(survived), SERIES,
        starts=3, jacobian_steps=40, parameter_steps=20,
    )  # fmt: skip


def test_the_first_member_that_neither_diverged_nor_escapes_is_traced() -> None:
    dataset = traced([0.9, 2.0, 0.5, 0.8], [False, True, True, True])
    assert dataset.attrs["member"] == 12
    assert dataset.attrs["traced"].startswith("member 12, the first")
    assert dataset["largest_exponent"].item() == pytest.approx(np.log(0.5))
    growth = (dataset["steps"].values - 1) * np.log(0.5)
    np.testing.assert_allclose(dataset["jacobian_norm"], np.tile(growth, (3, 1)), atol=1e-12)
    assert dataset["growth_rate"].sel(norm="jacobian_norm").item() == pytest.approx(np.log(0.5))


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
