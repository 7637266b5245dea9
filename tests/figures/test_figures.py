"""Each figure draws the numbers of its files, legibly, and is saved the same twice."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import synthetic
from matplotlib.figure import Figure
from matplotlib.text import Text

from chaoslearn.errors import InputError
from chaoslearn.figures import (
    attractor,
    course,
    divergence,
    forced,
    gradients,
    link,
    style,
    sweep,
    theorems,
)


def lorenz_sweep(convention: str) -> Figure:
    return sweep.draw(
        synthetic.tau_sweep(),
        convention=convention,
        predictability_time=62.7,
        published_figure="fig1a",
    )


def lorenz_attractors() -> Figure:
    series = synthetic.series()
    orbit = series["observed"].values
    still = np.full_like(orbit, 0.4)
    keys = [("lstm", f"sparse-{interval}") for interval in (5, 30, 200)]
    runs = [[0.2 * orbit, 0.5 * orbit, orbit], [orbit] * 3, [orbit + 99, still, orbit]]
    scores = [[1.0, 2.0, 3.0], [0.1, 0.2, 0.3], [np.nan, 15.0, 9.0]]
    return attractor.draw(
        series,
        {key: synthetic.free_runs(run) for key, run in zip(keys, runs, strict=True)},
        {
            key: synthetic.measures(score, [0.1] * 3, [False] * 3)
            for key, score in zip(keys, scores, strict=True)
        },
        delay=17,
    )


def traces() -> Figure:
    return gradients.draw(
        {
            ("lorenz63", "plrnn", "sparse-30"): synthetic.gradients(0.0112),
            ("logistic", "plrnn", "sparse-30"): synthetic.gradients(-0.08),
            ("lorenz63", "rnn", "sparse-30"): synthetic.no_gradients(),
        }
    )


def all_regimes() -> Figure:
    nets = {
        (series, cell): synthetic.gradients(exponent)
        for series, exponent in (("damped_oscillator", -0.2), ("lorenz63_published", 0.0112))
        for cell in ("plrnn", "gru", "lstm", "rnn")
    }
    nets["damped_oscillator", "gru"] = synthetic.no_gradients()
    return theorems.draw(nets)


def forced_segments() -> Figure:
    cells = ("rnn", "lstm", "gru", "plrnn")
    nets = {(cell, "sparse-30"): synthetic.forced(0.011) for cell in cells}
    return forced.draw(nets, predictability_time=62.7)


def courses() -> Figure:
    return course.draw(
        {
            ("plrnn", "sparse-30"): synthetic.course(30, 2e-4),
            ("plrnn", "clipped-norm-1"): synthetic.course(200, 2e-4),
        }
    )


FIGURES = {
    "published sweep": lambda: lorenz_sweep("published"),
    "standard sweep": lambda: lorenz_sweep("standard"),
    "attractors": lorenz_attractors,
    "gradients": traces,
    "theorems": all_regimes,
    "link": lambda: link.draw(synthetic.growth()),
    "forced": forced_segments,
    "course": courses,
    "divergence": lambda: divergence.draw(synthetic.exponents()),
    "refused": lambda: divergence.draw(synthetic.exponents("no straight stretch")),
}


def words(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


@pytest.mark.parametrize("name", FIGURES)
def test_text_is_legible_and_inside_the_page(name: str) -> None:
    figure = FIGURES[name]()
    figure.draw_without_rendering()
    assert figure.get_figwidth() in (style.COLUMN_WIDTH, style.FULL_WIDTH)
    page = figure.bbox
    for text in words(figure):
        assert text.get_fontsize() >= 7, text.get_text()
    for text in [
        t for axes in figure.axes if axes.get_visible() for t in [*axes.texts, axes.title]
    ]:
        box = text.get_window_extent()
        assert box.x0 >= page.x0 - 1, text.get_text()
        assert box.x1 <= page.x1 + 1, text.get_text()


@pytest.mark.parametrize("name", FIGURES)
def test_every_axis_tells_its_units(name: str) -> None:
    figure = FIGURES[name]()
    labels = [
        label
        for axes in figure.axes
        for label in (axes.get_xlabel(), axes.get_ylabel())
        if label and "ln distance" not in label
    ]
    labels += [label for label in (figure.get_supxlabel(), figure.get_supylabel()) if label]
    assert labels
    assert all(label.endswith(")") for label in labels), labels


def test_figures_are_saved_with_embedded_fonts_and_the_same_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        style.save(lorenz_sweep("published"), tmp_path / f"{name}.pdf", tmp_path / f"{name}.png")
    for kind in ("pdf", "png"):
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()
    assert b"/FontFile2" in (tmp_path / "one.pdf").read_bytes()


def test_a_figure_is_laid_out_once_for_all_its_files(tmp_path: Path) -> None:
    figure = lorenz_sweep("published")
    positions = []
    for ending in ("pdf", "png"):
        style.save(figure, tmp_path / f"sweep.{ending}")
        positions.append([axes.get_position().bounds for axes in figure.axes])
    assert positions[0] == positions[1]
    assert positions[0] != [axes.get_position().bounds for axes in lorenz_sweep("standard").axes]


def test_a_figure_that_cannot_be_saved_leaves_the_old_one_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf, png = tmp_path / "a.pdf", tmp_path / "a.png"
    pdf.write_text("old")

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Figure, "savefig", full_disk)
    with pytest.raises(InputError, match=r"a\.pdf: cannot be written \(.*No space left"):
        style.save(Figure(), pdf, png)
    assert pdf.read_text() == "old"
    assert list(tmp_path.iterdir()) == [pdf]


def test_a_sweep_joins_the_medians_of_its_members() -> None:
    measures = synthetic.tau_sweep()
    axes = lorenz_sweep("standard").axes[0]
    color = style.cell_style("lstm").color
    (curve,) = [
        line for line in axes.lines if line.get_color() == color and line.get_marker() == "s"
    ]
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
    assert upright == []


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
    (curve,) = [line for line in axes.lines if line.get_marker() == "o"]
    assert list(curve.get_ydata()) == [3.0, 2.0]


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
    assert titles[0].endswith("$\\lambda$ = -0.2, cycle")
    assert titles[3].endswith("no net")
    assert titles[4] == "$\\lambda$ = 0.011, chaos"
    assert len(figure.axes[3].lines) == 0


def test_link_tells_the_slope_with_its_interval_and_the_nets_without_a_rate() -> None:
    every, chaotic = link.draw(synthetic.growth()).axes
    assert every.get_title(loc="left") == (
        "all nets: 79, 1 without a rate\nslope 1.001 [0.999, 1.003]"
    )
    assert chaotic.get_title(loc="left").startswith("chaotic nets: 60\n")


def test_forced_factors_are_drawn_in_units_of_the_predictability_time() -> None:
    axes = forced_segments().axes[0]
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
                if line.get_xdata()[0] == line.get_xdata()[-1]
            ]
            for axes in figure.axes[2 * row : 2 * row + 2]
        ]
        assert marks == [[40.0, 40.0], []]


def test_divergence_tells_exponent_and_interval_or_the_reason() -> None:
    told = divergence.draw(synthetic.exponents()).axes[0].get_title(loc="left")
    assert "0.9 [0.8, 0.95] per time unit" in told
    refused = divergence.draw(synthetic.exponents("no straight stretch")).axes[0]
    assert refused.get_title(loc="left") == "no straight stretch"
    assert len(refused.lines) == 4


def test_colours_are_fixed_by_cell() -> None:
    assert style.cell_style("lstm").color == "#D55E00"
    assert style.cell_style("my_cell") == style.cell_style("my_cell")
    assert style.in_order({"my_cell", "gru", "rnn"}) == ["rnn", "gru", "my_cell"]


def test_one_component_is_drawn_against_its_own_past() -> None:
    single = synthetic.series().isel(component=[0])
    figure = attractor.draw(single, {}, {}, delay=17)
    drawn = figure.axes[0].lines[0].get_xydata()
    x = single["observed"].values[: attractor.SAMPLES, 0]
    np.testing.assert_array_equal(drawn, np.stack([x[17:], x[:-17]], axis=1))
    assert "17 samples earlier" in figure.get_supylabel()


def test_bad_input_says_what_to_do() -> None:
    with pytest.raises(InputError, match="no measures"):
        sweep.draw({}, convention="standard", predictability_time=1.0)
    for empty in (gradients, theorems):
        with pytest.raises(InputError, match="no traces"):
            empty.draw({})
    with pytest.raises(InputError, match="no factors"):
        forced.draw({}, 62.7)
    with pytest.raises(InputError, match="no courses"):
        course.draw({})


def test_drawing_and_measuring_need_no_torch() -> None:
    program = (
        "import sys; from chaoslearn.figures import attractor, course, divergence, forced;"
        "from chaoslearn.figures import gradients, link, sweep, theorems;"
        "from chaoslearn.measures import floors, prediction; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
