"""Orbits of one net on one attractor: half of them to trace, the others for the exponents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chaoslearn.cells.cell import Cell, Weights
from chaoslearn.cells.orbits import as_map
from chaoslearn.escape import bounded, escape_bound
from chaoslearn.gradients.attractor import Step, on_attractor
from chaoslearn.lyapunov.frames import EscapeError
from chaoslearn.lyapunov.of_network import spectrum_of_network
from chaoslearn.lyapunov.spectrum import Spectrum
from chaoslearn.lyapunov.steps import stay_bounded

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Orbits:
    """What is followed, and the exponents of orbits of their own, so that both may disagree.

    Attributes
    ----------
    step : the net, which maps states ``(start, state)``.
    beginnings : of the orbits to trace, ``(start, state)``.
    spectrum : of as many other orbits on the same attractor, by QR.
    """

    step: Step
    beginnings: Array
    spectrum: Spectrum


def orbits_of(
    cell: Cell,
    net: Weights,
    beginning: Array,
    *,
    starts: int,
    steps: int,
    longest: int = 0,
    count: int = 1,
) -> Orbits | None:
    """The orbits on the attractor that ``beginning`` ``(state,)`` leads to; None if one escapes.

    Parameters
    ----------
    net : one member's weights, ``(1, ...)``, float64.
    starts : how many to trace.
    steps : of the QR run, after a tenth as many.
    longest : steps that orbits to trace must stay bounded for, if more than ``steps``.
    count : how many exponents, at most as many as the state is long.
    """
    step, jacobian = as_map(cell, net)
    states = on_attractor(step, beginning, 2 * starts, np.random.default_rng(0))
    transient = steps // 10
    if not bounded(states, escape_bound(beginning)).all():
        return None
    if not stay_bounded(step, states[:starts], max(steps + transient, longest)).all():
        return None
    try:
        spectrum = spectrum_of_network(
            step, jacobian, states[starts:], steps=steps, transient=transient,
            count=min(count, states.shape[1]),
        )  # fmt: skip
    except EscapeError:
        return None
    return Orbits(step, states[:starts], spectrum)
