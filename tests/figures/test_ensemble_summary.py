"""Medians that hide no failure."""

import numpy as np
import pytest
import xarray as xr

from chaoslearn.figures.ensemble import median_member, summarise


def members(*values: float) -> xr.DataArray:
    return xr.DataArray(np.array(values), dims="member")


def test_median_and_deviation_by_hand() -> None:
    summary = summarise(members(1.0, 2.0, 3.0, 10.0, 4.0), members(0, 0, 0, 0, 0))
    assert (summary.median, summary.deviation, summary.failed) == (3.0, 1.0, 0)


def test_a_member_without_a_value_ranks_as_worst() -> None:
    summary = summarise(members(1.0, 2.0, np.nan), members(0, 0, 1))
    assert (summary.median, summary.deviation, summary.failed) == (2.0, 1.0, 1)
    assert summary.values == pytest.approx([1.0, 2.0])


def test_no_median_where_half_failed() -> None:
    summary = summarise(members(1.0, 2.0, np.nan, np.nan), members(0, 0, 1, 1))
    assert summary.median == np.inf
    assert summary.failed == 2


def test_a_failed_member_with_a_value_is_counted_and_keeps_it() -> None:
    summary = summarise(members(1.0, 2.0, 15.0), members(0, 0, 1))
    assert (summary.median, summary.failed) == (2.0, 1)
    assert summary.failed_values == pytest.approx([15.0])


def test_median_member_is_the_one_in_the_middle() -> None:
    assert median_member(members(5.0, 1.0, np.nan)) == 0
    assert median_member(members(2.0, 1.0)) == 1
