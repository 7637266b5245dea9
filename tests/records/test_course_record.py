"""A course file: every member at every snapshot, NaN where its orbits escape."""

import numpy as np
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.records import course
from chaoslearn.records.series import ObservedSeries
from chaoslearn.store import variable


def training(rates: list[list[float]], diverged_at: tuple[int, ...] = (-1, -1)) -> xr.Dataset:
    """A training file whose nets were z ← rate · z, `(snapshot, member)`, after 0 and 3 epochs."""
    values = np.array(rates)
    diagonal = np.repeat(values[..., None], 2, axis=2)
    square = np.zeros((*values.shape, 2, 2))
    readout = square + np.eye(2)
    first = ("snapshot", "member")
    per_epoch = np.ones((5, values.shape[1]))
    return xr.Dataset(
        {
            "snapshot_diagonal": variable((*first, "latent"), diagonal, "w"),
            "snapshot_recurrent": variable((*first, "latent", "latent_from"), square, "w"),
            "snapshot_bias": variable((*first, "latent"), 0 * diagonal, "w"),
            "snapshot_readout": variable((*first, "component", "latent"), readout, "w"),
            "loss": variable(("epoch", "member"), per_epoch, "loss"),
            "gradient_norm": variable(("epoch", "member"), 2 * per_epoch, "norm"),
            "diverged_at": variable("member", list(diverged_at), "epoch of divergence"),
        },
        {
            "snapshot": variable("snapshot", [0, 3], "finished epochs"),
            "member": variable("member", np.arange(values.shape[1]), "member"),
            "epoch": variable("epoch", np.arange(5), "epoch"),
        },
        {"latent": 2},
    )


def follow(trained: xr.Dataset) -> xr.Dataset:
    series = ObservedSeries(np.eye(2), np.random.default_rng(0).standard_normal((9, 2)), 1.0)
    return course.follow(cells.load("plrnn"), trained, series, starts=2, steps=50)


def test_every_member_is_measured_at_every_snapshot(tmp_path) -> None:
    dataset = follow(training([[0.9, 0.5], [0.8, 2.0]]))
    store.write(dataset, tmp_path / "course.nc", key="k", settings={})
    logarithms = np.log([[0.9, 0.5], [0.8, np.nan]])
    np.testing.assert_allclose(dataset["largest_exponent"], logarithms, atol=1e-10)
    expected = np.repeat(49 * logarithms[..., None], 2, axis=2)
    np.testing.assert_allclose(dataset["jacobian_norm"], expected, atol=1e-9)
    assert (dataset["training_gradient_norm"] == 2).all()
    assert dataset["snapshot"].values.tolist() == [0, 3]


def test_a_member_is_not_measured_after_the_epoch_in_which_it_diverged() -> None:
    dataset = follow(training([[0.9, 0.5], [0.8, 0.4]], diverged_at=(2, 3)))
    expected = np.log([[0.9, 0.5], [np.nan, 0.4]])  # epoch 3 comes after three finished ones
    np.testing.assert_allclose(dataset["largest_exponent"], expected, atol=1e-10)
    assert np.isnan(dataset["loss_gradient_norm"].values[1, 0]).all()
    assert dataset["diverged_at"].values.tolist() == [2, 3]
