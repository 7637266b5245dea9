"""The true attractor beside free runs of trained nets: figure 2."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.figures import style
from chaoslearn.figures.ensemble import median_member

PANELS_A_ROW = 4
SAMPLES = 6000
"""Of each trajectory that are drawn: enough to show the attractor, few enough for vector output."""

Trajectory = npt.NDArray[np.float64]


def draw(
    series: xr.Dataset,
    free_runs: Mapping[tuple[str, str], xr.Dataset],
    measures: Mapping[tuple[str, str], xr.Dataset],
    *,
    delay: int,
    convention: str = "standard",
) -> Figure:
    """First against last component: the true series, then the median member of each ensemble.

    A series of one component is drawn against itself `delay` samples earlier.

    Args:
        series: the series file: `observed` `(time, component)`.
        free_runs: (cell, forcing id) → its free runs: `generated` `(convention, member, time,
            component)`.
        measures: the same keys → measures files: `state_space_divergence` `(convention,
            member)`, by which the median member is chosen, and `failure`, why it failed.
        delay: in samples, of the series' delay embedding.
        convention: "published" or "standard" (start and transient of the free runs).
    """
    delay = max(1, delay)  # a series that shows none would be drawn against itself
    names = [str(name) for name in series["component"].values]
    if len(names) == 1:
        names.append(f"{names[0]}, {delay} samples earlier")
    true = _projected(series["observed"], delay)
    rows = -(-(1 + len(free_runs)) // PANELS_A_ROW)
    columns = min(1 + len(free_runs), PANELS_A_ROW)
    with style.applied():
        figure = Figure(figsize=(style.FULL_WIDTH, 0.35 + 1.75 * rows), layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        panels = list(grid.flat)
        _draw_trajectory(panels[0], true, style.INK)
        panels[0].set_title("true series")
        for axes, (key, runs) in zip(panels[1:], free_runs.items(), strict=False):
            scored = measures[key].sel(convention=convention)
            _draw_run(axes, key, runs["generated"].sel(convention=convention), scored, delay)
        for axes in panels[1 + len(free_runs) :]:
            axes.set_visible(False)
        for axes in panels[: 1 + len(free_runs)][-columns:]:
            axes.tick_params(labelbottom=True)
        _frame(panels[: 1 + len(free_runs)], true)
        units = str(series["observed"].attrs.get("units", "1"))
        figure.supxlabel(style.axis_label(names[0], units), fontsize=8)
        figure.supylabel(style.axis_label(names[-1], units), fontsize=8)
    return figure


def _projected(states: xr.DataArray, delay: int) -> Trajectory:
    """First and last component of the first samples, or present and past of one, `(time, 2)`."""
    shown = np.asarray(states.values[:SAMPLES], dtype=np.float64)
    if shown.shape[1] == 1:
        return np.hstack([shown[delay:], shown[: len(shown) - delay]])
    return shown[:, [0, -1]]


def _draw_run(
    axes: Axes,
    key: tuple[str, str],
    generated: xr.DataArray,
    scored: xr.Dataset,
    delay: int,
) -> None:
    cell, forcing = key
    member = median_member(scored["state_space_divergence"])
    run = _projected(generated.isel(member=member), delay)
    look = style.cell_style(cell)
    _draw_trajectory(axes, run, look.color)
    axes.set_title(f"{look.label}, {_told(forcing)}\n{_score(scored.isel(member=member))}")


def _score(member: xr.Dataset) -> str:
    """The member's D_stsp, why it failed, or both: a run that stands still has a value."""
    value, failure = float(member["state_space_divergence"]), str(member["failure"].item())
    number = f"$D_\\mathrm{{stsp}}$ {value:.2g}" if np.isfinite(value) else ""
    return ", ".join(part for part in (number, failure) if part) or "no value"


def _draw_trajectory(axes: Axes, trajectory: Trajectory, color: str) -> None:
    finite = trajectory[np.isfinite(trajectory).all(axis=1)]
    axes.plot(*finite.T, color=color, linewidth=0.35, solid_joinstyle="round")
    # A run that ends in a fixed point would be invisible as a line.
    axes.plot(*finite[-1:].T, color=color, marker=".", markersize=4)


def _frame(panels: Sequence[Axes], true: Trajectory) -> None:
    """The true attractor's range with a margin; a panel whose run lies outside says so."""
    low, high = true.min(axis=0), true.max(axis=0)
    margin = 0.12 * (high - low)
    low, high = low - margin, high + margin
    for axes in panels:
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
        run = axes.lines[0].get_xydata()
        if not ((run > low) & (run < high)).all(axis=1).any():
            axes.text(
                0.5, 0.5, "outside the frame", transform=axes.transAxes, ha="center", fontsize=7
            )


def _told(forcing: str) -> str:
    name, _, number = forcing.partition("-")
    return f"$\\tau$ = {number}" if name == "sparse" else forcing.replace("-", " ")
