"""A sweep draws medians, members, failures, floors, τ_pred and the published points."""

import numpy as np
import pytest
import synthetic
from drawn import lorenz_sweep, words
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from chaoslearn.figures import style, sweep
from chaoslearn.figures.sweep_places import MARGIN


def curve_of(axes: Axes, cell: str) -> Line2D:
    """The one line of a cell that joins medians."""
    look = style.cell_style(cell)
    (curve,) = [
        line
        for line in axes.lines
        if (line.get_color(), line.get_marker()) == (look.color, look.marker)
        and len(line.get_xdata()) > 1
    ]
    return curve


def test_a_sweep_joins_the_medians_of_its_members() -> None:
    measures = synthetic.tau_sweep()
    curve = curve_of(lorenz_sweep("standard").axes[0], "lstm")
    expected = [
        float(dataset["state_space_divergence"].sel(convention="standard").median())
        for (cell, forcing), dataset in measures.items()
        if cell == "lstm" and forcing.startswith("sparse")
    ]
    assert curve.get_ydata() == pytest.approx(expected)


def test_a_sweep_counts_what_failed_above_its_axes() -> None:
    counts = sorted(text.get_text() for text in lorenz_sweep("standard").axes[0].texts)
    assert counts == ["1", "1", "2", "2", "4"]


def test_floor_and_predictability_times_are_drawn() -> None:
    axes = lorenz_sweep("standard").axes[0]
    across = [line.get_ydata()[0] for line in axes.lines if len(set(line.get_ydata())) == 1]
    upright = [
        line.get_xdata()[0]
        for line in axes.lines
        if list(line.get_xdata()[:1]) * 2 == list(line.get_xdata())
    ]
    assert 0.08 in across
    assert {62.7, 46.21} <= {round(float(x), 2) for x in upright}


def test_published_points_are_drawn_in_their_convention_only() -> None:
    def hollow(figure: Figure) -> int:
        return sum(line.get_markerfacecolor() == "none" for line in figure.axes[0].lines)

    assert hollow(lorenz_sweep("standard")) == 0
    # 7 + 6 + 7 points of the sweep, not extrapolated, and two clipped lines.
    assert hollow(lorenz_sweep("published")) == 22


def test_infinite_predictability_time_is_said_and_not_drawn() -> None:
    figure = sweep.draw(
        synthetic.tau_sweep(), convention="standard", predictability_time=float("inf")
    )
    assert any("infinite" in text.get_text() for text in words(figure))


def test_unknown_predictability_time_is_not_called_infinite() -> None:
    figure = sweep.draw(
        synthetic.tau_sweep(), convention="standard", predictability_time=float("nan")
    )
    said = [text.get_text() for text in words(figure)]
    assert any("unknown" in text for text in said)
    assert not any("infinite" in text for text in said)
    upright = [line for line in figure.axes[0].lines if list(line.get_ydata()) == [0, 1]]
    assert [line.get_xdata()[0] for line in upright] == [200 * MARGIN]  # where the axis ends


def test_a_diverged_training_is_counted_as_failed_and_ranked_as_worst() -> None:
    nan = float("nan")
    sweep_of_two = {
        ("rnn", "sparse-5"): synthetic.measures(
            [1.0, nan, 3.0], [0.1, nan, 0.3], [False, True, False], ["", "training diverged", ""]
        ),
        ("rnn", "sparse-10"): synthetic.measures([2.0] * 3, [0.2] * 3, [False] * 3),
    }
    axes = sweep.draw(sweep_of_two, convention="standard", predictability_time=10.0).axes[0]
    assert [text.get_text() for text in axes.texts] == ["1"]
    assert list(curve_of(axes, "rnn").get_ydata()) == [3.0, 2.0]


REMEDIES = ("clipped-norm-1", "truncated-30", "windowed-30", "random-30-10", "annealed-46")


def remedies_sweep() -> Figure:
    """Every remedy beside sparse forcing, one member of each failed."""
    measures = {
        ("rnn", forcing): synthetic.measures([1.0, 9.0], [0.1] * 2, [False, True])
        for forcing in (*REMEDIES, "sparse-10")
    }
    return sweep.draw(
        measures, convention="published", predictability_time=62.2, published_figure="figClip"
    )


def test_a_long_legend_takes_more_rows_rather_than_more_than_the_page() -> None:
    figure = remedies_sweep()
    (legend,) = figure.legends
    figure.draw_without_rendering()
    extent = legend.get_window_extent()
    assert extent.x0 >= 0
    assert extent.x1 <= figure.bbox.width
    assert len(legend.get_texts()) >= len(REMEDIES) + 4


def test_what_is_not_swept_stands_beside_the_axis_under_its_name() -> None:
    axes = remedies_sweep().axes[0]
    names = [text.get_text() for text in axes.get_xticklabels() if text.get_rotation() == 90]
    ours = {forcing.replace("-", " ") for forcing in REMEDIES}
    assert set(names) == ours | {"sparse in print", "clipped value in print"}
    counts = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert set(counts) == {"1"}
    medians = [line for line in axes.lines if line.get_marker() == "o" and shows_a_median(line)]
    assert len(medians) == len(REMEDIES) + 1
    assert sum(float(line.get_xdata()[0]) > 10 * MARGIN for line in medians) == len(REMEDIES)


def shows_a_median(line: Line2D, value: float = 5.0) -> bool:
    return list(line.get_ydata()) == [value]


def test_rows_of_counts_begin_with_what_tells_families_of_one_axis_apart() -> None:
    measures = {
        ("rnn", f"clipped-{kind}-{threshold}"): synthetic.measures([1.0], [0.1], [True])
        for kind in ("norm", "value")
        for threshold in (1, 10)
    }
    axes = sweep.draw(measures, convention="standard", predictability_time=62.2).axes[0]
    rows: dict[float, list[str]] = {}
    for text in axes.texts:
        rows.setdefault(text.get_position()[1], []).append(text.get_text())
    assert sorted(map(sorted, rows.values())) == [["1", "1", "norm"], ["1", "1", "value"]]


def test_a_forcing_without_a_number_stands_beside_an_empty_axis() -> None:
    measures = {("rnn", "mine.curious"): synthetic.measures([1.0, 2.0], [0.1, 0.2], [False] * 2)}
    axes = sweep.draw(measures, convention="standard", predictability_time=62.2).axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["mine.curious"]
    assert [line.get_ydata() for line in axes.lines if shows_a_median(line, 1.5)]


def test_counts_of_close_neighbours_are_moved_apart() -> None:
    failed = synthetic.measures([1.0], [0.1], [True])
    measures = {("rnn", f"sparse-{tau}"): failed for tau in (5, 62, 63, 70, 200)}
    axes = sweep.draw(measures, convention="standard", predictability_time=62.2).axes[0]
    places = np.sort([text.get_position()[0] for text in axes.texts])
    length = np.log(200 * MARGIN / (5 / MARGIN))
    assert len(places) == 5
    assert np.diff(np.log(places)).min() > 0.015 * length


def test_the_curve_breaks_where_half_of_an_ensemble_has_no_value() -> None:
    scores = {10: [0.1, 0.2], 30: [np.nan, 1.0], 100: [3.0, 4.0]}
    measures = {
        ("lstm", f"sparse-{tau}"): synthetic.measures(values, [0.1] * 2, list(np.isnan(values)))
        for tau, values in scores.items()
    }
    axes = sweep.draw(measures, convention="standard", predictability_time=62.7).axes[0]
    curve = curve_of(axes, "lstm")
    assert np.isnan(curve.get_ydata()).tolist() == [False, True, False]


def test_forcings_drawn_across_are_told_apart_by_their_dashes_as_in_the_legend() -> None:
    ensemble = synthetic.measures([1.0, 2.0], [0.1, 0.2], [False, False], ["", ""])
    forcings = ("clipped-norm-1", "clipped-norm-10", "sparse-30", "windowed-30")
    figure = sweep.draw(
        {("rnn", forcing): ensemble for forcing in forcings},
        convention="standard",
        predictability_time=float("nan"),
    )
    color = style.cell_style("rnn").color
    across = [line for line in figure.axes[0].lines if line.get_color() == color and dashed(line)]
    legend = figure.legends[0]
    labels = [text.get_text() for text in legend.get_texts()]
    named = dict(zip(labels, legend.legend_handles, strict=True))
    told = [named[f"{name} (median)"] for name in ("sparse 30", "windowed 30")]
    assert [dashed(line) for line in across] == [dashed(line) for line in told]
    assert dashed(told[0]) != dashed(told[1])


def dashed(line: Line2D) -> tuple[float, ...]:
    """Lengths of dashes and gaps in units of the line's width; none where it is solid."""
    _, lengths = line._unscaled_dash_pattern
    return tuple(lengths or ())
