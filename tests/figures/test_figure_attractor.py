"""Attractors show the median member, or why there is none."""

import numpy as np
import pytest
import synthetic
from drawn import lorenz_attractors

from chaoslearn.figures import attractor


def test_an_attractor_panel_says_why_its_member_failed() -> None:
    series = synthetic.series()
    orbit = series["observed"].values
    keys = [("lstm", f"sparse-{interval}") for interval in (5, 30, 200)]
    scores, reasons = [np.nan, 15.0, np.nan], ["outside", "constant", "training diverged"]
    figure = attractor.draw(
        series,
        {key: synthetic.free_runs([orbit]) for key in keys},
        {
            key: synthetic.measures([score], [0.1], [True], [reason])
            for key, score, reason in zip(keys, scores, reasons, strict=True)
        },
        delay=17,
    )
    told = [axes.get_title().rpartition("\n")[2] for axes in figure.axes[1:]]
    assert told == ["outside", "$D_\\mathrm{stsp}$ 15, constant", "training diverged"]


def test_attractors_show_the_median_member() -> None:
    figure = lorenz_attractors()
    panel = figure.axes[1]
    shown = panel.lines[0].get_xydata()
    orbit = synthetic.series()["observed"].values
    assert shown == pytest.approx(0.5 * orbit[: len(shown), [0, 2]])
    assert "2" in panel.get_title()


def test_one_component_is_drawn_against_its_own_past() -> None:
    single = synthetic.series().isel(component=[0])
    figure = attractor.draw(single, {}, {}, delay=17)
    drawn = figure.axes[0].lines[0].get_xydata()
    x = single["observed"].values[: attractor.SAMPLES, 0]
    np.testing.assert_array_equal(drawn, np.stack([x[17:], x[:-17]], axis=1))
    assert "17 samples earlier" in figure.get_supylabel()


def test_one_component_that_shows_no_delay_is_drawn_against_the_sample_before() -> None:
    single = synthetic.series().isel(component=[0])
    figure = attractor.draw(single, {}, {}, delay=0)
    drawn = figure.axes[0].lines[0].get_xydata()
    x = single["observed"].values[: attractor.SAMPLES, 0]
    np.testing.assert_array_equal(drawn, np.stack([x[1:], x[:-1]], axis=1))
    assert "1 samples earlier" in figure.get_supylabel()
