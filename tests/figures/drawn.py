"""Every kind of figure, drawn from synthetic files."""

import numpy as np
import synthetic
from matplotlib.figure import Figure
from matplotlib.text import Text

from chaoslearn.figures import (
    attractor,
    course,
    divergence,
    forced,
    gradients,
    link,
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
