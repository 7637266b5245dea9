"""D_stsp and D_H against τ (or another number of a forcing) by cell: figures 1, 3b, 5, 7-9, ….

Each ensemble is a median with its MAD and all its members; what failed is counted above the axes.
"""

from collections.abc import Mapping
from itertools import cycle, product

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chaoslearn.errors import InputError
from chaoslearn.figures import published, style, sweep_axes, sweep_legend, sweep_marks
from chaoslearn.figures.ensemble import summarise
from chaoslearn.figures.families import axis_of, place, shows_predictability, swept
from chaoslearn.figures.published import PublishedPoint
from chaoslearn.figures.sweep_marks import Entry

PANELS = {
    "state_space_divergence": "$D_\\mathrm{stsp}$ (nats)",
    "spectrum_distance": "$D_H$ (dimensionless)",
}


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
            `spectrum_distance` `(convention, member)`, `failed` `(member)`, and the floors
            `state_space_divergence_floor`, `spectrum_distance_floor` `(convention)`. A forcing
            that is not part of the sweep (`clipped-norm-1`) becomes a dashed line across.
        convention: "published" or "standard".
        predictability_time: the series' own τ_pred in steps, drawn as a vertical line; infinite
            where λ_max is not positive.
        published_figure: id of the paper's figure (`fig1a`): its τ_pred is drawn where it
            differs, and its points where the convention is "published".

    Raises:
        InputError: no measures, or an unknown published figure.
    """
    if not measures:
        raise InputError("sweep figure: no measures to draw; give at least one ensemble")
    families = swept(place(forcing, predictability_time) for _, forcing in measures)
    cells = style.in_order({cell for cell, _ in measures})
    printed_time = published.predictability_time(published_figure) if published_figure else None
    overlaid = published_figure if convention == "published" else None
    entries = {
        measure: _entries(measures, measure, convention, predictability_time) for measure in PANELS
    }
    with style.applied():
        figure = Figure(figsize=(style.FULL_WIDTH, 3.2), layout="constrained")
        for axes, measure in zip(figure.subplots(1, len(PANELS)), PANELS, strict=True):
            points = published.points(overlaid, measure) if overlaid else []
            points = [point for point in points if point.cell in cells]
            floor = next(iter(measures.values()))[f"{measure}_floor"].sel(convention=convention)
            _draw_panel(axes, measure, cells, families, entries[measure], points)
            sweep_marks.draw_floor(axes, float(floor))
            if shows_predictability(families[0]):
                sweep_marks.draw_predictability(axes, predictability_time, printed_time)
        sweep_legend.draw(
            figure,
            cells,
            families,
            [entry for panel in entries.values() for entry in panel],
            predictability_time=predictability_time if shows_predictability(families[0]) else None,
            printed_time=printed_time,
            overlaid=bool(overlaid),
        )
    return figure


def _entries(
    measures: Mapping[tuple[str, str], xr.Dataset],
    measure: str,
    convention: str,
    predictability_time: float,
) -> list[Entry]:
    return [
        Entry(
            cell,
            forcing,
            place(forcing, predictability_time),
            summarise(dataset[measure].sel(convention=convention), dataset["failed"]),
        )
        for (cell, forcing), dataset in measures.items()
    ]


def _draw_panel(
    axes: Axes,
    measure: str,
    cells: list[str],
    families: list[str],
    entries: list[Entry],
    points: list[PublishedPoint],
) -> None:
    sweep_axes.set_vertical(axes, measure, PANELS[measure])
    sweep_axes.set_horizontal(axes, axis_of(families[0]), _positions(families, entries, points))
    shifts = sweep_axes.shifts(cells)
    for cell, (family, line) in product(cells, zip(families, cycle(sweep_marks.LINES))):
        curve = [e for e in entries if (e.cell, e.place.family) == (cell, family)]
        if curve:
            sweep_marks.draw_curve(axes, curve, shifts[cell], line)
    for entry in entries:
        if entry.place.family not in families:
            sweep_marks.draw_across(axes, entry)
    for point in points:
        sweep_marks.draw_published(axes, point, families, shifts[point.cell])
    sweep_axes.count_failures(axes, entries, families, cells)


def _positions(
    families: list[str], entries: list[Entry], points: list[PublishedPoint]
) -> list[float]:
    """All places on the horizontal axis, own and published."""
    own = [entry.place.position for entry in entries if entry.place.family in families]
    printed = [point.position for point in points if point.family in families]
    return [position for position in (*own, *printed) if position is not None]
