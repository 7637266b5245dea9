"""Chaotic systems on which the estimate from data was not developed: see docs/exponents.md.

Their exponents are computed by the variational equations, with Jacobians by finite differences.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from chaoslearn import systems
from chaoslearn.systems.system import Array, System


def _flow(
    rate: Callable[[Array], list[Array]],
    name: str,
    initial: tuple[float, ...],
    observe: Callable[[Array], Array] | None = None,
) -> System:
    return System(
        name=name,
        kind="flow",
        components=tuple("xyz"),
        equations=lambda _time, state: np.array(rate(state)),
        parameters={},
        initial_state=initial,
        time_unit="1",
        citation="",
        observe=observe,
        observed_components=tuple("xyz"),
    )


def _map(rate: Callable[[Array], list[Array]], name: str, initial: tuple[float, ...]) -> System:
    return System(
        name=name,
        kind="map",
        components=tuple("xy"),
        equations=lambda state: np.array(rate(state)),
        parameters={},
        initial_state=initial,
        time_unit="step",
        citation="",
    )


def _chen(state: Array) -> list[Array]:
    """Chen, Ueta 1999, doi:10.1142/S0218127499001024."""
    x, y, z = state
    return [35 * (y - x), -7 * x - x * z + 28 * y, x * y - 3 * z]


def _halvorsen(state: Array) -> list[Array]:
    """Sprott 2003, Chaos and Time-Series Analysis, A.4.9."""
    x, y, z = state
    return [
        -1.27 * one - 4 * two - 4 * three - two**2
        for one, two, three in ((x, y, z), (y, z, x), (z, x, y))
    ]


def _sprott_b(state: Array) -> list[Array]:
    """Sprott 1994, doi:10.1103/PhysRevE.50.R647, case B."""
    x, y, z = state
    return [y * z, x - y, 1 - x * y]


def _rucklidge(state: Array) -> list[Array]:
    """Rucklidge 1992, doi:10.1017/S0022112092003392."""
    x, y, z = state
    return [-2 * x + 6.7 * y - y * z, x, -z + y**2]


def _thomas(state: Array) -> list[Array]:
    """Thomas 1999, doi:10.1142/S0218127499001383."""
    x, y, z = state
    return [np.sin(y) - 0.18 * x, np.sin(z) - 0.18 * y, np.sin(x) - 0.18 * z]


def _pendulum(state: Array) -> list[Array]:
    """Driven and damped: Baker, Gollub 1996, Chaotic Dynamics, q = 2, g = 1.5."""
    angle, velocity, phase = state
    return [
        velocity,
        -velocity / 2 - np.sin(angle) + 1.5 * np.cos(phase),
        np.full_like(angle, 2 / 3),
    ]


def _on_the_circle(state: Array) -> Array:
    """An angle that turns for ever, and a phase, as what can be recorded of them."""
    angle, velocity, phase = state
    return np.array([np.sin(angle), velocity, np.cos(phase)])


def _ikeda(state: Array) -> list[Array]:
    """Ikeda 1979, doi:10.1016/0030-4018(79)90090-7, u = 0.9."""
    x, y = state
    turn = 0.4 - 6 / (1 + x**2 + y**2)
    return [
        1 + 0.9 * (x * np.cos(turn) - y * np.sin(turn)),
        0.9 * (x * np.sin(turn) + y * np.cos(turn)),
    ]


def _lozi(state: Array) -> list[Array]:
    """Lozi 1978, doi:10.1051/jphyscol:1978505."""
    x, y = state
    return [1 - 1.7 * np.abs(x) + y, 0.5 * x]


def _delayed_logistic(state: Array) -> list[Array]:
    """Aronson, Chory, Hall, McGehee 1982, doi:10.1007/BF01208484."""
    x, y = state
    return [2.27 * x * (1 - y), x]


# Each with its sampling step.
FRESH: tuple[tuple[System, float], ...] = (
    (_flow(_chen, "chen", (-3.0, 2.0, 20.0)), 0.005),
    (_flow(_halvorsen, "halvorsen", (-5.0, 0.0, 0.0)), 0.01),
    (_flow(_sprott_b, "sprott_b", (0.05, 0.05, 0.05)), 0.05),
    (_flow(_rucklidge, "rucklidge", (1.0, 0.0, 4.5)), 0.05),
    (_flow(_thomas, "thomas", (0.1, 0.0, 0.0)), 0.2),
    (_flow(_pendulum, "pendulum", (0.5, 0.0, 0.0), _on_the_circle), 0.1),
    (systems.load("lorenz63").with_parameters("lorenz63_rho_60", rho=60.0), 0.01),
    (systems.load("roessler").with_parameters("roessler_a_0.3", a=0.3, b=0.3, c=4.5), 0.1),
    (_map(_ikeda, "ikeda", (0.1, 0.1)), 1.0),
    (_map(_lozi, "lozi", (-0.1, 0.1)), 1.0),
    (_map(_delayed_logistic, "delayed_logistic", (0.9, 0.7)), 1.0),
)
