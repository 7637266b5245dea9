"""A measures file: failures are values, one member's fate is no other's, lengths are equal."""

import numpy as np
import pytest
import xarray as xr

from chaoslearn import cells
from chaoslearn.measures.floors import floor
from chaoslearn.measures.state_space import divergence_bins_standard
from chaoslearn.records.measures import Extent, measure
from chaoslearn.records.series import ObservedSeries
from chaoslearn.records.true_exponents import TrueExponents

STEP = 0.5
EXTENT = Extent(forecasts=4, horizon=3.0, exponent_steps=2000)


def noise(samples: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((samples, 2))


def linear(*diagonals: tuple[float, ...]) -> dict[str, np.ndarray]:
    """Members z ← A z with diagonal A, whose first two components are seen."""
    members, latent = np.shape(diagonals)
    return {
        "diagonal": np.array(diagonals, np.float32),
        "recurrent": np.zeros((members, latent, latent), np.float32),
        "bias": np.zeros((members, latent), np.float32),
        "readout": np.stack([np.eye(2, latent, dtype=np.float32)] * members),
    }


def measured(
    weights: dict[str, np.ndarray],
    survived: list[bool] | None = None,
    largest_exponent: float = 0.2,
    unit: str = "s",
) -> xr.Dataset:
    members = len(weights["bias"])
    runs = np.array([[noise(1500, 10 * c + m) for m in range(members)] for c in (1, 2)])
    return measure(
        cells.load("plrnn"),
        weights,
        np.array(survived or [True] * members),
        runs.astype(np.float32),
        ObservedSeries(noise(3000, 1), noise(1000, 2), STEP),
        TrueExponents(largest_exponent, np.array([0.2, -1.0]), 1.2),
        EXTENT,
        unit,
    )


def test_a_member_whose_training_diverged_has_failed_without_values() -> None:
    dataset = measured(linear((0.5, 0.5), (0.5, 0.5)), survived=[True, False])
    assert dataset["failed"].values.tolist() == [[False, True], [False, True]]
    assert dataset["failure"].values.tolist() == [["", "training diverged"]] * 2
    for name in (
        "state_space_divergence",
        "spectrum_distance",
        "fraction_outside",
        "prediction_error",
        "valid_prediction_time",
        "spectrum_correlation",
        "kaplan_yorke_dimension",
    ):
        assert np.isfinite(dataset[name].isel(member=0)).all(), name
        assert np.isnan(dataset[name].isel(member=1)).all(), name
    assert np.isnan(dataset["exponent"].isel(member=1)).all()


def test_exponents_of_a_net_that_escapes_are_unknown_and_those_of_others_known() -> None:
    dataset = measured(linear((0.5, 0.25), (2.0, 2.0), (3.0, 3.0), (0.8, 0.4)))
    expected = np.log([[0.5, 0.25], [np.nan, np.nan], [np.nan, np.nan], [0.8, 0.4]]) / STEP
    np.testing.assert_allclose(dataset["exponent"], expected, rtol=1e-6)
    assert dataset["exponent"].attrs["units"] == "1/s"
    np.testing.assert_allclose(dataset["exponent_difference"], expected - [0.2, -1.0], rtol=1e-6)
    np.testing.assert_allclose(
        dataset["largest_exponent_error"], np.abs(expected[:, 0] - 0.2) / 0.2, rtol=1e-6
    )
    np.testing.assert_array_equal(dataset["kaplan_yorke_dimension_error"], [1, np.nan, np.nan, 1])
    np.testing.assert_array_equal(dataset["kaplan_yorke_dimension"], [0, np.nan, np.nan, 0])


def test_an_exponent_that_is_zero_by_rounding_only_counts_as_zero() -> None:
    # ln 0.9999 = −1e-4 a step: less than one over 2000 steps, while ln 0.99 = −1e-2 is more.
    dataset = measured(linear((0.9999, 0.5), (0.99, 0.5)))
    np.testing.assert_array_equal(dataset["kaplan_yorke_dimension"], [1, 0])


def test_only_the_ten_largest_exponents_are_computed_and_a_dimension_may_need_more() -> None:
    dataset = measured(linear((1.0,) * 12, (0.9,) * 12))
    assert dataset["exponent"].shape == (2, 10)
    np.testing.assert_allclose(dataset["exponent"][1], np.log(0.9) / STEP, rtol=1e-6)
    np.testing.assert_array_equal(dataset["kaplan_yorke_dimension"], [np.nan, 0])


def test_truth_free_runs_and_floor_have_the_length_of_the_shortest() -> None:
    dataset = measured(linear((0.5, 0.5))).sel(convention="standard")
    run = noise(1500, 20).astype(np.float32)
    expected, _ = divergence_bins_standard(noise(1000, 2), run[:1000])
    assert dataset["state_space_divergence"].item() == pytest.approx(expected)
    lowest = floor(noise(3000, 1)[:1000], noise(1000, 2), "standard", np.random.default_rng(0))
    assert dataset["state_space_divergence_floor"].item() == lowest.state_space_divergence
    assert dataset["spectrum_distance_floor"].item() == lowest.spectrum_distance


@pytest.mark.parametrize(
    ("largest_exponent", "why"),
    [
        (np.nan, "none: largest exponent unknown"),
        (0.0, "none: largest exponent not positive"),
        (-0.3, "none: largest exponent not positive"),
    ],
)
def test_without_a_lyapunov_time_there_is_no_valid_prediction_time(
    largest_exponent: float, why: str
) -> None:
    dataset = measured(linear((0.5, 0.5)), largest_exponent=largest_exponent)
    assert np.isnan(dataset["valid_prediction_time"]).all()
    assert "NaN where" in dataset["valid_prediction_time"].attrs["long_name"]
    assert dataset.attrs["valid_prediction_time_unit"] == why
    assert np.isfinite(dataset["prediction_error"]).all()


def test_a_lyapunov_time_gives_a_valid_prediction_time() -> None:
    # λ 0.2 a second, 0.5 s a step: 0.1 Lyapunov times a step.
    dataset = measured(linear((0.5, 0.5)))
    steps = dataset["valid_prediction_time"].item() / 0.1
    assert 1 <= steps == pytest.approx(round(2 * steps) / 2)
    assert dataset.attrs["valid_prediction_time_unit"] == "Lyapunov times"
