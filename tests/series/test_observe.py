"""Components, noise and standardisation: exact statistics and what they must not depend on."""

import numpy as np
import pytest
from hypothesis import given, strategies as some
from hypothesis.extra.numpy import arrays

from chaoslearn.errors import InputError
from chaoslearn.series.observe import add_noise, choose_components, standardise

MODES = ["component", "scalar", "none"]


@some.composite
def series(draw: some.DrawFn) -> np.ndarray:
    """Series `(time, component)` of moderate values, no component constant or nearly so."""
    shape = (draw(some.integers(3, 20)), draw(some.integers(1, 4)))
    values = draw(arrays(np.float64, shape, elements=some.floats(-100, 100)))
    values[0], values[1] = -1.0, 1.0
    return values


def test_components_come_in_the_order_asked_for() -> None:
    values = np.arange(12.0).reshape(4, 3)
    np.testing.assert_array_equal(
        choose_components(values, ["x", "y", "z"], ["z", "x"]), values[:, [2, 0]]
    )


@pytest.mark.parametrize(
    ("chosen", "message"),
    [(["w"], "'w' is unknown; choose from x, y"), (["x", "x"], "twice"), ([], "no component")],
)
def test_wrong_components_are_refused(chosen: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        choose_components(np.zeros((4, 2)), ["x", "y"], chosen)


def test_noise_is_in_per_cent_of_each_standard_deviation() -> None:
    generator = np.random.default_rng(1)
    clean = generator.standard_normal((200_000, 2)) * [1.0, 50.0] + [0.0, 1e3]
    noise = add_noise(clean, 5.0, np.random.default_rng(2)) - clean
    # The standard error of a standard deviation is 1/√(2n): 0.16 %.
    np.testing.assert_allclose(noise.std(axis=0) / clean.std(axis=0), 0.05, rtol=0.006)
    np.testing.assert_array_equal(add_noise(clean, 0.0, generator), clean)
    with pytest.raises(InputError, match=r"noise level is -1\.0"):
        add_noise(clean, -1.0, generator)


@given(series())
def test_each_component_gets_mean_zero_and_scale_one(values: np.ndarray) -> None:
    standardised = standardise(values, "component")
    np.testing.assert_allclose(standardised.series.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(standardised.series.std(axis=0), 1.0, rtol=1e-12)


@given(series())
def test_scalar_keeps_the_components_apart(values: np.ndarray) -> None:
    standardised = standardise(values, "scalar")
    assert standardised.series.mean() == pytest.approx(0.0, abs=1e-12)
    assert standardised.series.std() == pytest.approx(1.0)
    assert len(set(standardised.mean)) == len(set(standardised.scale)) == 1


@given(series(), some.floats(-50, 50), some.floats(0.1, 20))
def test_units_do_not_matter(values: np.ndarray, offset: float, scale: float) -> None:
    for mode in ("component", "scalar"):
        np.testing.assert_allclose(
            standardise(values * scale + offset, mode).series,
            standardise(values, mode).series,
            atol=1e-9,
        )


@given(series(), some.sampled_from(MODES))
def test_mean_and_scale_lead_back(values: np.ndarray, mode: str) -> None:
    standardised = standardise(values, mode)
    np.testing.assert_allclose(
        standardised.series * standardised.scale + standardised.mean, values, atol=1e-11
    )


@given(series(), some.sampled_from(MODES), some.floats(-9, 9))
def test_the_held_out_part_has_no_say(values: np.ndarray, mode: str, future: float) -> None:
    longer = np.vstack([values, np.full((5, values.shape[1]), future)])
    with_future = standardise(longer, mode, training_samples=len(values))
    alone = standardise(values, mode)
    np.testing.assert_array_equal(with_future.mean, alone.mean)
    np.testing.assert_array_equal(with_future.scale, alone.scale)
    np.testing.assert_array_equal(with_future.series[: len(values)], alone.series)


def test_a_constant_component_is_refused_by_its_name_or_number() -> None:
    values = np.random.default_rng(0).standard_normal((30, 3))
    values[:20, 1] = 0.1
    with pytest.raises(InputError, match="component 1 is constant over the training part"):
        standardise(values, "component", training_samples=20)
    with pytest.raises(InputError, match="component wind is constant over the training part"):
        standardise(values, "component", 20, ["sun", "wind", "rain"])
    assert standardise(values, "scalar", training_samples=20).scale[1] > 0
    with pytest.raises(InputError, match="'both' is unknown; use one of component, scalar, none"):
        standardise(values, "both")
