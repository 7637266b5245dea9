"""Only what changed is made again: edits in a copy of the project, and what Snakemake plans."""

import os
import random
from collections.abc import Callable

import pytest
from conftest import Project

pytestmark = pytest.mark.slow

FIGURES = {
    "plot_sweep", "plot_attractor", "plot_gradients", "plot_divergence", "plot_theorems",
    "plot_link", "plot_forced", "plot_course",
}  # fmt: skip
Copy = Callable[[], Project]


def test_a_fresh_clone_with_results_plans_nothing_whatever_the_times(copy: Copy) -> None:
    project = copy()
    drawn = random.Random(0)
    for path in project.folder.rglob("*"):
        if ".snakemake" not in path.parts:
            os.utime(path, times=(time := drawn.uniform(1.0e9, 1.7e9), time))
    assert project.planned() == {}


def test_a_file_that_went_missing_is_made_again_also_one_beside_another(copy: Copy) -> None:
    project = copy()
    for name in ("figures/fig2.png", "tables/measures.csv", "scorecard.md"):
        (project.folder / "results/smoke" / name).unlink()
    assert project.planned() == {
        "plot_attractor": 1, "collect_measures": 1, "collect_scorecard": 1
    }  # fmt: skip


def test_comments_and_docstrings_anywhere_plan_nothing(copy: Copy) -> None:
    project = copy()
    for path in project.folder.glob("s*/**/*.py"):
        text = path.read_text().replace('"""', '"""Reworded. ', 1)
        path.write_text(f"# A comment.\n{text}\n# Another.\n")
    for path in (project.folder / "Snakefile", *project.folder.glob("workflow/rules/*.smk")):
        path.write_text(f"# A comment.\n{path.read_text()}")
    project.edit("config.yaml", "\nseed:", "\n# A comment.\nseed:")
    assert project.planned() == {}


def test_an_edit_in_a_measure_plans_measures_and_below(copy: Copy) -> None:
    project = copy()
    project.edit(
        "src/chaoslearn/measures/prediction.py", "HORIZONS = (1, 5, 20)", "HORIZONS = (1, 5, 21)"
    )
    planned = project.planned()
    assert set(planned) == {
        "measure_reconstruction", "collect_measures", "collect_scorecard", "plot_sweep",
        "plot_attractor",
    }  # fmt: skip


def test_an_edit_in_one_cell_plans_that_cells_trainings_and_below(copy: Copy) -> None:
    project = copy()
    project.edit("src/chaoslearn/cells/lstm.py", "\ndef ", "\nEDITED = 1\n\n\ndef ")
    files = project.planned_files()
    assert any("/training/" in path for path in files)
    assert all(
        "/lstm/" in path for path in files if path.endswith(".nc") and "/tables/" not in path
    )
    assert not any("/series/" in path or "/exponents/" in path for path in files)
    assert any(path.endswith("fig1a-published.pdf") for path in files)


def test_a_figures_style_plans_figures(copy: Copy) -> None:
    project = copy()
    project.edit("src/chaoslearn/figures/style.py", "COLUMN_WIDTH = 3.5", "COLUMN_WIDTH = 3.4")
    assert set(project.planned()) == FIGURES


def test_an_experiments_learning_rate_plans_that_experiment(copy: Copy) -> None:
    project = copy()
    project.edit(
        "config.yaml", "figure: gradients", "figure: gradients\n    setting: slow\n    "
        "training: {learning_rate: 1.0e-4}",
    )  # fmt: skip
    planned = project.planned()
    # Figure link gathers the growth of gradients in its nets.
    assert set(planned) == {
        "train_block", "collect_blocks", "trace_gradients", "plot_gradients", "trace_growth",
        "collect_growth", "plot_link",
    }  # fmt: skip
    gathered = ("/figures/fig4.", "/figures/link.", "/tables/growth.")
    files = project.planned_files()
    assert any("/figures/fig4." in path for path in files)
    assert all("sparse-10-slow" in path or any(g in path for g in gathered) for path in files)


def test_a_new_interval_plans_that_interval(copy: Copy) -> None:
    project = copy()
    project.edit(
        "config/smoke.yaml",
        "fig1a: {forcings: [sparse-10",
        "fig1a: {forcings: [sparse-7, sparse-10",
    )
    files = project.planned_files()
    assert any("/training/" in path for path in files)
    for stage in ("training", "free_runs", "measures"):
        assert all("sparse-7" in path for path in files if f"/{stage}/" in path)


def test_more_members_plan_a_new_block_and_what_collects_it(copy: Copy) -> None:
    project = copy()
    project.edit("config/smoke.yaml", "members: 2,", "members: 4,")
    blocks = [path for path in project.planned_files() if "/block-" in path]
    assert blocks
    assert all(path.endswith("block-1.nc") for path in blocks)


def test_a_touched_file_plans_nothing_and_a_changed_number_its_series(copy: Copy) -> None:
    project = copy()
    data = project.folder / "tests/data/roessler.csv"
    data.touch()
    assert project.planned() == {}
    lines = data.read_text().splitlines()
    cells = lines[50].split(",")
    cells[1] = f"{float(cells[1]) + 0.01:.6g}"
    lines[50] = ",".join(cells)
    data.write_text("\n".join(lines) + "\n")
    files = project.planned_files()
    assert any("/series/measured.nc" in path for path in files)
    gathered = ("/tables/", "/scorecard.")
    assert all("measured" in path or any(g in path for g in gathered) for path in files)


def test_a_job_that_failed_once_after_a_change_leaves_nothing_old(copy: Copy) -> None:
    """a → b → c: a changes, b fails; the next run makes b and c (Snakemake alone keeps old c)."""
    project = copy()
    target = "results/smoke/measures/lorenz63_published/rnn/sparse-10.nc"
    project.edit("src/chaoslearn/cells/rnn.py", "\ndef ", "\nEDITED = 1\n\n\ndef ")
    script = "scripts/generate_free_runs.py"
    project.edit(script, "with reporting", "raise SystemExit(1)\nwith reporting")
    assert project.snakemake(target).returncode != 0
    project.edit(script, "raise SystemExit(1)\n", "")
    planned = [
        path for path in project.planned_files() if "lorenz63_published/rnn/sparse-10" in path
    ]
    assert target.replace("measures", "free_runs") in planned
    assert target in planned
