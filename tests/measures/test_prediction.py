"""Prediction error and valid prediction time of forecasts whose error is known."""

import math

import numpy as np
import pytest

from chaoslearn.errors import InputError
from chaoslearn.measures.prediction import prediction_error, valid_prediction_time


def growing(starts: int, horizon: int, rate: float) -> tuple[np.ndarray, np.ndarray]:
    truth = np.zeros((starts, horizon, 2))
    error = 1e-3 * np.exp(rate * np.arange(1, horizon + 1))
    return truth, truth + error[None, :, None]


def test_prediction_error_is_the_mean_square_at_each_horizon() -> None:
    truth, forecast = growing(4, 20, 0.1)
    expected = [(1e-3 * math.exp(0.1 * n)) ** 2 for n in (1, 5, 20)]
    assert prediction_error(truth, forecast) == pytest.approx(expected, rel=1e-12)


def test_a_forecast_that_diverges_is_infinitely_wrong() -> None:
    truth, forecast = growing(4, 20, 0.1)
    forecast[2, 10:] = np.nan
    error = prediction_error(truth, forecast, horizons=(1, 20))
    assert np.isfinite(error[0])
    assert error[1] == np.inf


def test_valid_prediction_time_is_where_the_error_crosses_the_threshold() -> None:
    # 1e-3 exp(0.05 n) / 2 > 0.5  <=>  n > ln(1000) / 0.05 = 138.2: the first is n = 139.
    truth, forecast = growing(3, 200, 0.05)
    times = valid_prediction_time(truth, forecast, [2.0, 2.0], 0.01)
    assert times == pytest.approx(np.full(3, 1.39), rel=1e-12)


def test_a_forecast_on_track_to_its_end_gets_its_whole_length() -> None:
    truth = np.zeros((2, 50, 1))
    assert valid_prediction_time(truth, truth, 1.0, 1.0) == pytest.approx([50.0, 50.0])


def test_a_forecast_that_is_not_finite_has_lost_the_track() -> None:
    truth = np.zeros((1, 50, 1))
    forecast = truth.copy()
    forecast[0, 6:] = np.nan
    assert valid_prediction_time(truth, forecast, 1.0, 1.0) == pytest.approx([7.0])


def test_bad_input_says_what_to_do() -> None:
    truth = np.zeros((2, 5, 1))
    with pytest.raises(InputError, match="horizon 20"):
        prediction_error(truth, truth)
    with pytest.raises(InputError, match="start, horizon, component"):
        prediction_error(truth, truth[:, :4])
    with pytest.raises(InputError, match="positive"):
        valid_prediction_time(truth, truth, 0.0, 1.0)
