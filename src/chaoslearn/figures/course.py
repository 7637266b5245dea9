"""Gradients and exponents in the course of a training: a column a forcing."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.figures import style

SMALL_EXPONENT = 0.01
"""Per step: between plus and minus this the axis is linear, beyond it logarithmic."""
ONSET: dict[str, Any] = {"color": style.INK, "linestyle": (0, (1, 2)), "linewidth": 0.7}
END: dict[str, Any] = {"color": style.INK, "marker": "x", "markersize": 5, "zorder": 5}


def draw(courses: Mapping[tuple[str, str], xr.Dataset]) -> Figure:
    """Rows: λ_max; ‖∂z_T/∂z_1‖ of the net on its own; gradient norms. A line a member.

    The line of a member ends in a cross where its training diverged before the next snapshot.

    Args:
        courses: (cell, forcing id) → its course file: `largest_exponent` `(snapshot, member)`, per
            step, `jacobian_norm` and `loss_gradient_norm` `(snapshot, member, start)`, natural
            logarithms at T = the attribute `steps`, `training_gradient_norm` `(epoch, member)`,
            `diverged_at` `(member,)`.

    Raises:
        InputError: no courses.
    """
    if not courses:
        raise InputError("course figure: no courses to draw; give at least one training")
    steps = next(iter(courses.values())).attrs["steps"]
    with style.applied():
        figure = Figure(figsize=(style.FULL_WIDTH, 5.2), layout="constrained")
        grid = figure.subplots(3, len(courses), squeeze=False, sharex=True, sharey="row")
        for column, ((cell, forcing), course) in zip(grid.T, courses.items(), strict=True):
            _draw_exponent(column[0], cell, course)
            _draw_jacobian(column[1], cell, course)
            _draw_gradients(column[2], cell, course)
            column[0].set_title(_title(cell, forcing, course), loc="left")
            column[2].set_xlabel("training (epochs)")
        grid[0, 0].set_ylabel("$\\lambda_\\mathrm{max}$ (per step)")
        jacobian = "\\|\\partial z_T / \\partial z_1\\|"
        grid[1, 0].set_ylabel(f"${jacobian}$, $T$ = {steps}\n(dimensionless)")
        grid[2, 0].set_ylabel("norm of the loss gradient\n(dimensionless)")
        figure.legend(handles=_legend(courses), loc="outside upper center", ncols=4)
    return figure


def _title(cell: str, forcing: str, course: xr.Dataset) -> str:
    diverged = int((course["diverged_at"] >= 0).sum())
    said = f": {diverged} of {course.sizes['member']} diverged" if diverged else ""
    return f"{style.cell_style(cell).label}, {forcing}{said}"


def _legend(courses: Mapping[tuple[str, str], xr.Dataset]) -> list[Line2D]:
    """What the lines of the last row are, and the marks of all."""
    cells = style.in_order({cell for cell, _ in courses})
    handles = [
        Line2D([], [], color=style.MUTED, linewidth=0.5, label="in training, under the forcing")
    ]
    handles += [
        Line2D(
            [], [], color=style.cell_style(cell).color, marker=".", linewidth=0.8,
            label="of the free net" if len(cells) == 1 else style.cell_style(cell).label,
        )
        for cell in cells
    ]  # fmt: skip
    handles.append(Line2D([], [], **ONSET, label="first chaotic"))
    if any((course["diverged_at"] >= 0).any() for course in courses.values()):
        handles.append(Line2D([], [], linestyle="none", **END, label="training diverged"))
    return handles


def _draw_exponent(axes: Axes, cell: str, course: xr.Dataset) -> None:
    axes.axhline(0, color=style.MUTED, linewidth=0.6)
    axes.set_yscale("symlog", linthresh=SMALL_EXPONENT)
    for member in course["member"]:
        own = course.sel(member=member)
        axes.errorbar(
            own["snapshot"], own["largest_exponent"], yerr=2 * own["largest_exponent_error"],
            color=style.cell_style(cell).color, marker=".", linewidth=0.8, elinewidth=0.6,
        )  # fmt: skip
    _mark_ends(axes, course, course["largest_exponent"].values)
    _mark_onsets(axes, course)


def _draw_jacobian(axes: Axes, cell: str, course: xr.Dataset) -> None:
    decades = course["jacobian_norm"].median("start").values / np.log(10)
    axes.plot(
        course["snapshot"], decades, color=style.cell_style(cell).color, marker=".", linewidth=0.8
    )
    style.count_decades(axes)
    _mark_ends(axes, course, decades)
    _mark_onsets(axes, course)


def _draw_gradients(axes: Axes, cell: str, course: xr.Dataset) -> None:
    color = style.cell_style(cell).color
    training = np.log10(course["training_gradient_norm"].values)
    free = course["loss_gradient_norm"].median("start").values / np.log(10)
    axes.plot(course["epoch"], training, color=style.MUTED, linewidth=0.5)
    axes.plot(course["snapshot"], free, color=color, marker=".", linewidth=0.8)
    style.count_decades(axes)
    _mark_ends(axes, course, free)
    _mark_onsets(axes, course)


def _mark_ends(axes: Axes, course: xr.Dataset, values: NDArray[np.float64]) -> None:
    """A cross on the last of the values `(snapshot, member)` of a member that diverged."""
    for member in np.flatnonzero(course["diverged_at"] >= 0):
        measured = np.flatnonzero(np.isfinite(values[:, member]))
        if len(measured):
            last = measured[-1]
            axes.plot(course["snapshot"][last], values[last, member], **END)


def _mark_onsets(axes: Axes, course: xr.Dataset) -> None:
    """A dotted line where a member first is chaotic: an exponent above twice its error."""
    chaotic = course["largest_exponent"] > 2 * course["largest_exponent_error"]
    for member in course["member"]:
        found = np.flatnonzero(chaotic.sel(member=member))
        if len(found):
            onset = float(course["snapshot"][found[0]])
            axes.axvline(onset, **ONSET)
