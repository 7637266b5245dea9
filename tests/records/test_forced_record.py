"""A forced file: quantiles over segments, NaN where training diverged or a segment escapes."""

import numpy as np

from chaoslearn import cells, store
from chaoslearn.records import forced
from chaoslearn.records.series import ObservedSeries


def test_factors_of_each_member_that_survived(tmp_path) -> None:
    series = ObservedSeries(np.eye(2), np.random.default_rng(0).standard_normal((50, 2)), 1.0)
    weights = {
        "diagonal": np.repeat(np.array([1.1, 1.2], np.float32)[:, None], 2, axis=1),
        "recurrent": np.zeros((2, 2, 2), np.float32),
        "bias": np.zeros((2, 2), np.float32),
        "readout": np.stack([np.eye(2, dtype=np.float32)] * 2),
    }
    dataset = forced.measure(
        cells.load("plrnn"), weights, np.array([True, False]), series, segments=4
    )
    store.write(dataset, tmp_path / "forced.nc", key="k", settings={})
    intervals = dataset["interval"].values
    assert (intervals[0], intervals[-1]) == (1, forced.LONGEST)
    for quantile in forced.QUANTILES:
        found = dataset["largest_factor"].sel(quantile=quantile)
        np.testing.assert_allclose(found[0], intervals * np.log(1.1), rtol=1e-6)
        assert np.isnan(found[1]).all()


def test_a_net_that_escapes_within_a_segment_has_no_factor() -> None:
    series = ObservedSeries(np.eye(2), np.ones((50, 2)), 1.0)
    weights = {
        "diagonal": np.full((1, 2), 50.0, np.float32),  # 50^200 is beyond all numbers
        "recurrent": np.zeros((1, 2, 2), np.float32),
        "bias": np.zeros((1, 2), np.float32),
        "readout": np.eye(2, dtype=np.float32)[None],
    }
    dataset = forced.measure(cells.load("plrnn"), weights, np.array([True]), series, segments=4)
    assert np.isnan(dataset["largest_factor"]).all()
