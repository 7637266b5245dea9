"""Figures of gradients and exponents draw the numbers of their files."""

import numpy as np
import pytest
import synthetic
from drawn import all_regimes, courses, forced_segments, traces

from chaoslearn.errors import InputError
from chaoslearn.figures import divergence, forced, link


def test_gradients_are_drawn_in_decades_along_the_exponent() -> None:
    axes = traces().axes[1]
    median, _, _, slope = axes.lines[-4:]
    steps = slope.get_xdata()
    fall = (slope.get_ydata()[-1] - slope.get_ydata()[0]) / (steps[-1] - steps[0])
    assert fall == pytest.approx(-0.08 / np.log(10))
    assert median.get_ydata()[0] == pytest.approx(0.0, abs=1e-12)


def test_a_gradients_panel_without_a_net_says_so() -> None:
    axes = traces().axes[2]
    assert [text.get_text() for text in axes.texts] == ["no net survived"]
    assert len(axes.lines) == 0
    assert "unknown" in axes.get_title(loc="left")


def test_figure_four_shows_every_start() -> None:
    axes = traces().axes[0]
    drawn = [line.get_ydata() for line in axes.lines[:20]]
    expected = synthetic.gradients(0.0112)["jacobian_norm"].values / np.log(10)
    np.testing.assert_allclose(drawn, expected)


def test_theorems_stand_by_row_and_cell_and_tell_the_regime_found() -> None:
    figure = all_regimes()
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert [title.partition("\n")[0] for title in titles[:4]] == ["RNN", "LSTM", "PLRNN", "GRU"]
    assert titles[0].endswith("$\\lambda$ = $-0.2$, cycle")
    assert titles[3].endswith("no net")
    assert titles[4] == "$\\lambda$ = $0.011$, chaos"
    assert len(figure.axes[3].lines) == 0


def test_link_tells_the_slope_with_its_interval_and_the_nets_without_a_rate() -> None:
    every, chaotic = link.draw(synthetic.growth()).axes
    assert every.get_title(loc="left") == (
        "all nets: 79, 1 without a rate\nslope 1.001 [0.999, 1.003]"
    )
    assert chaotic.get_title(loc="left").startswith("chaotic nets: 60\n")


def test_forced_factors_are_drawn_in_units_of_the_predictability_time() -> None:
    axes = forced_segments().axes[0]
    assert axes.get_title(loc="left") == "RNN: 1 of 3 diverged"
    expected = axes.lines[-1].get_xydata()
    assert np.interp(1.0, *expected.T) == pytest.approx(2.0, rel=1e-3)
    first = axes.lines[0].get_xydata()
    assert first[-1] == pytest.approx([197 / 62.7, np.exp(0.011 * 197)])
    with pytest.raises(InputError, match="no finite τ_pred"):
        forced.draw({("rnn", "sparse-30"): synthetic.forced(0.01)}, np.inf)


def test_the_onset_of_chaos_is_marked_in_every_panel_of_its_forcing() -> None:
    """Members with onsets after 30 and 35 epochs are seen at the snapshot of 40."""
    figure = courses()
    for row in range(3):
        marks = [
            [
                line.get_xdata()[0]
                for line in axes.lines
                if len(line.get_xdata()) > 1 and line.get_xdata()[0] == line.get_xdata()[-1]
            ]
            for axes in figure.axes[2 * row : 2 * row + 2]
        ]
        assert marks == [[40.0, 40.0], []]


def test_a_cross_ends_the_line_of_a_member_that_diverged() -> None:
    figure = courses()
    for axes in figure.axes:
        (cross,) = [line for line in axes.lines if line.get_marker() == "x"]
        assert cross.get_xdata() == [90.0]  # the last snapshot before epoch 95
    assert figure.axes[0].get_title(loc="left") == "PLRNN, sparse-30: 1 of 2 diverged"
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()][-1] == "training diverged"


def test_divergence_tells_exponent_and_interval_or_the_reason() -> None:
    told = divergence.draw(synthetic.exponents()).axes[0].get_title(loc="left")
    assert "0.9 [0.8, 0.95] per time unit" in told
    refused = divergence.draw(synthetic.exponents("no straight stretch")).axes[0]
    assert refused.get_title(loc="left") == "no straight stretch"
    assert len(refused.lines) == 4
