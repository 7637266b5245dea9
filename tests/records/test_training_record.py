"""A training file: axes have names whatever a cell's weights look like; blocks become one."""

import numpy as np
import pytest
import xarray as xr

from chaoslearn import cells, store
from chaoslearn.cells.cell import cell_of
from chaoslearn.records.blocks import joined
from chaoslearn.records.training import to_dataset, weights_of
from chaoslearn.training.trained import Trained

LATENT = 6


def trained(shapes: dict[str, tuple[int, ...]], members: int = 2, snapshots: int = 0) -> Trained:
    shapes = {**shapes, "readout": (3, LATENT)}
    generator = np.random.default_rng(0)
    return Trained(
        {name: generator.random((members, *shape), np.float32) for name, shape in shapes.items()},
        {
            name: generator.random((snapshots, members, *shape), np.float32)
            for name, shape in shapes.items()
        },
        np.zeros((4, members), np.float32),
        np.zeros((4, members), np.float32),
        np.full(members, -1, np.int32),
    )


def dimensions(shapes: dict[str, tuple[int, ...]]) -> dict[str, tuple[str, ...]]:
    dataset = to_dataset(trained(shapes), [0, 1], LATENT)
    return {name: dataset[name].dims[1:] for name in shapes}


GATED = ("gate_latent", "latent_from")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rnn", {"recurrent": ("latent", "latent_from"), "bias": ("latent",)}),
        ("lstm", {"recurrent": GATED, "bias": GATED[:1]}),
        ("gru", {"recurrent": GATED, "bias": GATED[:1], "bias_new": ("latent",)}),
    ],
)
def test_axes_of_the_cells_of_the_package(name: str, expected: dict) -> None:
    assert dimensions(cells.load(name).shapes(LATENT)) == expected


class LowRank:
    """W = U V with two inner sizes, and a mask over three axes."""

    @staticmethod
    def shapes(latent: int) -> dict[str, tuple[int, ...]]:
        return {
            "left": (latent, 2),
            "right": (2, latent),
            "other": (3, 4),
            "wide": (12, latent),
            "wider": (18, latent),
            "mask": (latent, latent, 5),
            "rate": (),
        }

    @staticmethod
    def step(weights: dict, state: np.ndarray) -> np.ndarray:
        return state


def test_axes_that_are_not_latent_are_named_after_their_weight() -> None:
    assert dimensions(LowRank.shapes(LATENT)) == {
        "left": ("latent", "left_column"),
        "right": ("right_row", "latent_from"),
        "other": ("other_row", "other_column"),
        "wide": ("wide_row", "latent_from"),
        "wider": ("wider_row", "latent_from"),
        "mask": ("latent", "latent_from", "mask_axis_3"),
        "rate": (),
    }


def test_a_net_of_any_shapes_comes_back_from_its_file(tmp_path) -> None:
    ensemble = trained(LowRank.shapes(LATENT))
    store.write(to_dataset(ensemble, [0, 1], LATENT), tmp_path / "a.nc", key="k", settings={})
    weights = weights_of(store.read(tmp_path / "a.nc"), cell_of(LowRank))
    assert weights.keys() == ensemble.weights.keys()
    for name, weight in weights.items():
        assert np.array_equal(weight, ensemble.weights[name])


def block(members: list[int], device: str, tmp_path) -> xr.Dataset:
    path = tmp_path / f"block-{members[0]}.nc"
    settings = {"epochs": 4, "seed": 7, "learning_rate": 0.01, "members": members}
    dataset = to_dataset(trained(cells.load("rnn").shapes(LATENT)), members, LATENT)
    store.write(dataset, path, key="k", settings=settings, device=device)
    return store.read(path)


def test_joined_blocks_keep_their_settings_and_device(tmp_path) -> None:
    blocks = [block([0, 1], "cuda", tmp_path), block([2, 3], "cuda", tmp_path)]
    ensemble = joined(blocks)
    assert ensemble.settings == {"epochs": 4, "seed": 7, "learning_rate": 0.01}
    assert ensemble.device == "cuda"
    assert ensemble.dataset["member"].values.tolist() == [0, 1, 2, 3]
    assert ensemble.dataset["recurrent"].shape == (4, LATENT, LATENT)
    mixed = joined([blocks[0], block([2, 3], "cpu", tmp_path)])
    assert mixed.device == "cpu, cuda"


def test_snapshots_are_kept_beside_the_weights_under_the_epochs_finished_by_then() -> None:
    result = trained({"recurrent": (LATENT, LATENT)}, snapshots=3)
    dataset = to_dataset(result, [0, 1], LATENT, [0, 2, 4])
    assert dataset["snapshot_recurrent"].dims == ("snapshot", *dataset["recurrent"].dims)
    assert dataset["snapshot"].values.tolist() == [0, 2, 4]
    np.testing.assert_array_equal(
        dataset["snapshot_readout"].sel(snapshot=2), result.snapshots["readout"][1]
    )
    assert "snapshot" not in to_dataset(trained({}), [0, 1], LATENT)
