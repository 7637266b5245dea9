"""Figures are saved the same twice, whole or not at all, in colours fixed by cell."""

from pathlib import Path

import pytest
from drawn import lorenz_sweep
from matplotlib.figure import Figure

from chaoslearn.errors import InputError
from chaoslearn.figures import style


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


def test_colours_are_fixed_by_cell() -> None:
    assert style.cell_style("lstm").color == "#D55E00"
    assert style.cell_style("my_cell") == style.cell_style("my_cell")
    assert style.in_order({"my_cell", "gru", "rnn"}) == ["rnn", "gru", "my_cell"]
