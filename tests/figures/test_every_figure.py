"""What holds of every figure: it can be read, its axes tell units, and it needs no torch."""

import subprocess
import sys

import pytest
from drawn import FIGURES, words

from chaoslearn.errors import InputError
from chaoslearn.figures import course, forced, gradients, style, sweep, theorems


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
