"""What the options of a series do to it, in numbers, and what they leave in its attributes."""

import math
from typing import Any

import numpy as np
import pytest
import xarray as xr

from chaoslearn.config_series import Series, SystemSeries
from chaoslearn.errors import InputError
from chaoslearn.records import integrated
from chaoslearn.records.observing import Recording, observe

SAMPLES = 20_000
TIME = np.arange(SAMPLES, dtype=np.float64)
WHITE = np.random.default_rng(0).standard_normal((SAMPLES, 2)) * [1.0, 30.0]
CYCLE = np.tile([0.2, 0.9, 0.4, 0.7], 500)[:, None]
LORENZ = SystemSeries(
    kind="system", system="lorenz63", step=0.02, train=12_000, test=1000, components=["x"]
)


def recording(values: np.ndarray, names: str = "x y") -> Recording:
    return Recording(
        values=values, components=tuple(names.split()), step=0.5, unit="s",
        training_fraction=0.75, notes={"file": "here"},
    )  # fmt: skip


def seen(values: np.ndarray, names: str = "x y", seed: int = 1, **options: Any) -> xr.Dataset:
    """The series of these values, not standardised, observed with these options."""
    settings = Series.model_validate({"standardise": "none", **options}).model_dump()
    return observe("mine", recording(values, names), settings | {"seed": seed})


def test_without_options_nothing_is_done_and_nothing_noted() -> None:
    dataset = seen(WHITE)
    np.testing.assert_array_equal(dataset["observed"], WHITE)
    np.testing.assert_array_equal(dataset["time"], 0.5 * TIME)
    assert int(dataset["split"].sum()) == SAMPLES // 4
    assert dataset.attrs == {
        "sampling_step": 0.5, "time_unit": "s", "file": "here", "standardised": "none",
    }  # fmt: skip


def test_the_training_part_alone_sets_mean_and_scale() -> None:
    dataset = seen(WHITE, standardise="component")
    training = WHITE[: 3 * SAMPLES // 4]
    np.testing.assert_array_equal(dataset["mean"], training.mean(axis=0))
    np.testing.assert_array_equal(dataset["scale"], training.std(axis=0))


def test_noise_is_in_per_cent_and_its_own_for_seed_and_series() -> None:
    noise = seen(WHITE, noise=5.0)["observed"] - WHITE
    # The standard error of a standard deviation is 1/√(2n): 0.5 %.
    np.testing.assert_allclose(noise.std(axis=0) / WHITE.std(axis=0), 0.05, rtol=0.02)
    np.testing.assert_array_equal(noise, seen(WHITE, noise=5.0)["observed"] - WHITE)
    other = seen(WHITE, noise=5.0, seed=2)["observed"] - WHITE
    assert abs(np.corrcoef(noise[:, 0], other[:, 0])[0, 1]) < 4 / math.sqrt(SAMPLES)
    assert seen(WHITE, noise=5.0).attrs["noise_per_cent"] == 5.0


def test_trend_and_cycle_go_and_the_rest_stays() -> None:
    cycle = np.cos(2 * np.pi * TIME / 40)
    raw = WHITE + np.stack([3.0 + 1e-3 * TIME, 50.0 * cycle], axis=1)
    dataset = seen(raw, preprocess={"detrend": 1, "seasonal_period": 40})
    # Fitting takes 2 + 39 of 20 000 degrees of freedom: √(41/20 000) = 4.5 % of the noise.
    gap = (dataset["observed"] - WHITE) / WHITE.std(axis=0)
    assert float(np.sqrt((gap**2).mean())) == pytest.approx(0.045, abs=0.01)
    assert dataset.attrs["detrend_degree"] == 1
    assert dataset.attrs["seasonal_period"] == 40
    assert "smoothing_width" not in dataset.attrs


@pytest.mark.parametrize("width", [2.0, 6.0])
def test_smoothing_leaves_a_known_part_of_white_noise(width: float) -> None:
    """A Gaussian of width w samples keeps 1/(2w√π) of its variance."""
    dataset = seen(WHITE, preprocess={"smooth": width})
    kept = dataset["observed"].var(axis=0) / WHITE.var(axis=0)
    # Its samples are correlated, so the relative error of the variance is √(2w√(2π)/n).
    error = math.sqrt(2 * width * math.sqrt(2 * math.pi) / SAMPLES)
    np.testing.assert_allclose(kept, 1 / (2 * width * math.sqrt(math.pi)), rtol=4 * error)
    assert dataset.attrs["smoothing_width"] == width


def test_noise_comes_before_smoothing() -> None:
    line = np.stack([TIME, -TIME], axis=1)
    both = seen(line, noise=10.0, preprocess={"detrend": 1, "smooth": 6.0})["observed"]
    left = 0.1 * TIME.std() / math.sqrt(12 * math.sqrt(math.pi))
    np.testing.assert_allclose(both.std(axis=0), left, rtol=0.1)


def test_an_embedding_holds_the_past_and_costs_each_part_its_first_samples() -> None:
    dataset = seen(WHITE[:, :1], "x", embedding={"dimension": 3, "lag": 7})
    assert list(dataset["component"].values) == ["x(t)", "x(t-7)", "x(t-14)"]
    begin = 3 * SAMPLES // 4
    parts = {0: WHITE[:begin, 0], 1: WHITE[begin:, 0]}
    for flag, part in parts.items():
        vectors = dataset["observed"].values[dataset["split"].values == flag]
        assert vectors.shape == (len(part) - 14, 3)
        for column, delay in enumerate((0, 7, 14)):
            np.testing.assert_array_equal(vectors[:, column], part[14 - delay : len(part) - delay])
    # Time goes on while the vectors that hold samples of both parts are left out.
    steps = np.diff(dataset["time"])
    assert steps[begin - 15] == 0.5 * 15
    assert (np.delete(steps, begin - 15) == 0.5).all()
    assert dataset["time"][0] == 0.0
    assert (dataset.attrs["embedding_dimension"], dataset.attrs["embedding_lag"]) == (3, 7)


def test_an_automatic_embedding_of_lorenz_has_three_dimensions() -> None:
    """Its lag is that of the first minimum of mutual information, 0.16 to 0.2 time units."""
    settings = LORENZ.model_dump() | {"seed": 1, "embedding": {"dimension": None, "lag": None}}
    found = integrated.record("lorenz", settings)
    assert found.values.shape == (13_000, 3)
    assert observe("lorenz", found, settings)["observed"].shape[0] < 13_000
    attributes = observe("lorenz", found, settings).attrs
    assert attributes["embedding_dimension"] == 3
    assert 7 <= attributes["embedding_lag"] <= 10
    given = settings | {"embedding": {"dimension": None, "lag": 6}}
    assert observe("lorenz", found, given).attrs["embedding_lag"] == 6


def test_the_held_out_part_has_no_say_in_the_embedding() -> None:
    settings = LORENZ.model_dump() | {"seed": 1, "embedding": {"dimension": None, "lag": None}}
    found = integrated.record("lorenz", settings)
    spoilt = found.values.copy()
    spoilt[12_000:] = np.random.default_rng(0).standard_normal((1000, 3))
    changed = observe("lorenz", found.changed(spoilt), settings)
    assert changed.attrs == observe("lorenz", found, settings).attrs


def test_components_are_chosen_in_the_order_asked_for() -> None:
    both = recording(WHITE).only(["y", "x"])
    assert both.components == ["y", "x"]
    np.testing.assert_array_equal(both.values, WHITE[:, ::-1])
    assert recording(WHITE).only(None).components == ("x", "y")


@pytest.mark.parametrize(
    ("columns", "embedding", "message"),
    [
        (2, {"dimension": 3, "lag": 7}, "of one component, but here are x, y; choose one"),
        (1, {"dimension": 3, "lag": 7500}, "0 training samples, but at least 2 are needed"),
        (1, {"dimension": 4, "lag": 7000}, "spans 21001 samples, but the series has 20000"),
        (1, {"dimension": 2, "lag": 4901}, "99 held-out samples, but at least 100 are needed"),
    ],
)
def test_an_impossible_embedding_is_refused(
    columns: int, embedding: dict[str, int], message: str
) -> None:
    with pytest.raises(InputError, match=f"^series mine: .*{message}"):
        seen(WHITE[:, :columns], "x y"[: 2 * columns - 1], embedding=embedding)


@pytest.mark.parametrize(
    ("values", "options", "message"),
    [
        (WHITE[:396], {}, "99 held-out samples, but at least 100 are needed"),
        (WHITE[:1], {}, "1 training samples, but at least 2 are needed"),
        (WHITE * [1, 0], {"standardise": "component"}, "component y is constant over the training"),
        (
            WHITE * np.where(np.arange(len(WHITE)) < 0.7 * len(WHITE), 1, [[1], [0]]).T,
            {},
            "component y does not move in the held-out part",
        ),
        (WHITE, {"noise": -1.0}, "noise level is -1.0 per cent"),
        (WHITE, {"components": ["z"]}, "component 'z' is unknown; choose from x, y"),
        (CYCLE, {"embedding": {"lag": 1, "dimension": None}}, "the series repeats itself"),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_series(
    values: np.ndarray, options: dict[str, Any], message: str
) -> None:
    settings = Series(standardise="none").model_dump() | {"seed": 1} | options
    names = "x y"[: 2 * values.shape[1] - 1]
    with pytest.raises(InputError) as said:
        observe("mine", recording(values, names), settings)
    assert str(said.value).startswith("series mine: ")
    assert message in str(said.value)


def test_a_hundred_held_out_samples_are_enough() -> None:
    assert int(seen(WHITE[:400])["split"].sum()) == 100
