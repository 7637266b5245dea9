"""D_stsp and D_H against τ (or another number of a forcing) by cell: figures 1, 3b, 5, 7-9, ….

Each ensemble is a median with its MAD and all its members; what failed is counted above the axes.
"""

from collections.abc import Mapping
from itertools import chain, product

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.errors import InputError
from chaoslearn.figures import style, sweep_axes, sweep_legend, sweep_marks
from chaoslearn.figures.ensemble import summarise
from chaoslearn.figures.families import axis_of, shows_predictability, swept
from chaoslearn.figures.sweep_marks import Entry
from chaoslearn.figures.sweep_places import Places
from chaoslearn.published import points as published
from chaoslearn.published.places import Place, place
from chaoslearn.published.points import PublishedPoint

PANELS = {
    "state_space_divergence": "$D_\\mathrm{stsp}$ (nats)",
    "spectrum_distance": "$D_H$ (dimensionless)",
}

TOLD_APART = 0.03
"""Relative difference from which the printed τ_pred is drawn beside the series' own."""


def draw(
    measures: Mapping[tuple[str, str], xr.Dataset],
    *,
    convention: str,
    predictability_time: float,
    published_figure: str | None = None,
) -> Figure:
    """Two panels, D_stsp and D_H, at full page width.

    Args:
        measures: (cell, forcing id) → its measures file: `state_space_divergence` and
            `spectrum_distance` and `failed` `(convention, member)`, and the floors
            `state_space_divergence_floor`, `spectrum_distance_floor` `(convention)`. A forcing
            that is not part of the sweep (`clipped-norm-1`) stands beside the axis, with a dashed
            line across.
        convention: "published" or "standard".
        predictability_time: the series' own τ_pred in steps, drawn as a vertical line; infinite
            where λ_max is not positive, NaN where it is unknown.
        published_figure: id of the paper's figure (`fig1a`): its τ_pred is drawn where it
            differs, and its points where the convention is "published".

    Raises:
        InputError: no measures, or an unknown published figure.
    """
    if not measures:
        raise InputError("sweep figure: no measures to draw; give at least one ensemble")
    entries = {
        measure: _entries(measures, measure, convention, predictability_time) for measure in PANELS
    }
    cells = style.in_order({cell for cell, _ in measures})
    overlaid = published_figure if convention == "published" else None
    points = {measure: _published(overlaid, measure, cells) for measure in PANELS}
    every_entry, every_point = list(chain(*entries.values())), list(chain(*points.values()))
    shown = {entry.place: entry.forcing for entry in every_entry}
    printed = [point.place for point in every_point]
    families = swept(shown, printed)
    times = _predictability_times(families, predictability_time, published_figure)
    places = Places.of(families, shown, printed, (t for t in times.values() if np.isfinite(t)))
    with style.applied():
        figure = Figure(figsize=(style.FULL_WIDTH, 3.2), layout="constrained")
        for axes, measure in zip(figure.subplots(1, len(PANELS)), PANELS, strict=True):
            sweep_axes.set_vertical(axes, measure, PANELS[measure])
            sweep_axes.set_horizontal(axes, axis_of(families[0]) if families else "", places)
            floor = next(iter(measures.values()))[f"{measure}_floor"].sel(convention=convention)
            sweep_marks.draw_floor(axes, float(floor))
            _draw_panel(axes, cells, places, entries[measure], points[measure])
            sweep_marks.draw_predictability(axes, times)
        sweep_legend.draw(
            figure, cells, families, every_entry, times=times, overlaid=bool(every_point)
        )
    return figure


def _entries(
    measures: Mapping[tuple[str, str], xr.Dataset],
    measure: str,
    convention: str,
    predictability_time: float,
) -> list[Entry]:
    """All ensembles of one panel, cell by cell in the common order."""
    cells = style.in_order({cell for cell, _ in measures})
    return [
        Entry(
            cell,
            forcing,
            place(forcing, predictability_time),
            summarise(
                dataset[measure].sel(convention=convention),
                dataset["failed"].sel(convention=convention),
            ),
        )
        for (cell, forcing), dataset in sorted(
            measures.items(), key=lambda item: cells.index(item[0][0])
        )
    ]


def _published(figure: str | None, measure: str, cells: list[str]) -> list[PublishedPoint]:
    if figure is None:
        return []
    return [point for point in published.points(figure, measure) if point.cell in cells]


def _predictability_times(families: list[str], own: float, figure: str | None) -> dict[str, float]:
    """What is told of τ_pred: "own", and "printed" where it differs; nothing off its axis."""
    if not families or not shows_predictability(families[0]):
        return {}
    printed = published.predictability_time(figure) if figure else None
    told = printed is not None and not abs(own - printed) < TOLD_APART * printed
    return {"own": own} | ({"printed": printed} if told and printed is not None else {})


def _draw_panel(
    axes: Axes,
    cells: list[str],
    places: Places,
    entries: list[Entry],
    points: list[PublishedPoint],
) -> None:
    on_the_axis = places.side_by_side(list(product(cells, places.families)))
    beside = places.side_by_side(cells)

    def position(cell: str, place: Place) -> float:
        return places.position(place) * on_the_axis.get((cell, place.family), beside[cell])

    for cell, family in dict.fromkeys((entry.cell, entry.place.family) for entry in entries):
        curve = [e for e in entries if (e.cell, e.place.family) == (cell, family)]
        curve.sort(key=lambda entry: places.position(entry.place))
        swept_as = places.families.index(family) if family in places.families else 0
        sweep_marks.draw_ensembles(
            axes,
            curve,
            np.array([position(cell, entry.place) for entry in curve]),
            sweep_marks.LINES[swept_as % len(sweep_marks.LINES)],
        )
    across = sweep_marks.lines_across(entries, places.families)
    for entry in entries:
        if entry.forcing in across:
            sweep_marks.draw_across(axes, entry, across[entry.forcing])
    for point in points:
        sweep_marks.draw_published(axes, point, position(point.cell, point.place))
    sweep_axes.count_failures(axes, entries, places)
