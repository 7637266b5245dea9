"""Lorenz 1996: an atmosphere on one circle of latitude, any number N ≥ 4 of sites.

    x_i' = (x_{i+1} − x_{i−2}) x_{i−1} − x_i + forcing

The divergence is −N everywhere, so the exponents sum to it exactly.
"""

import numpy as np

from chaoslearn.errors import InputError
from chaoslearn.systems.system import Array, Reference, System

SOURCE = "variational integration by this project's authors, forcing 8"
# Number of sites: largest exponent and Kaplan-Yorke dimension.
KNOWN = {5: (0.471, 2.9), 10: (1.177, 6.5), 20: (1.552, 13.5), 40: (1.71, 27.1)}


def equations(_time: float, state: Array, *, forcing: float) -> Array:
    """dstate/dt for `(x_0, …, x_{N−1})`."""
    site = np.arange(len(state))
    after, before, second = state[(site + 1) % len(site)], state[site - 1], state[site - 2]
    return (after - second) * before - state + forcing


def jacobian(_time: float, state: Array, *, forcing: float) -> Array:
    """The derivative of the equations; a constant forcing leaves no trace in it."""
    site = np.arange(len(state))
    after, before, second = (site + 1) % len(site), site - 1, site - 2
    matrix = np.zeros((len(site), *state.shape))
    matrix[site, after] = state[before]
    matrix[site, second] = -state[before]
    matrix[site, before] = state[after] - state[second]
    matrix[site, site] = -1.0
    return matrix


def with_sites(sites: int) -> System:
    """The system with this many sites, started just off its unstable rest state x_i = forcing."""
    if sites < 4:
        raise InputError(f"system lorenz96 needs at least 4 components, not {sites}")
    return System(
        name="lorenz96",
        kind="flow",
        components=tuple(f"x_{site}" for site in range(sites)),
        equations=equations,
        jacobian=jacobian,
        parameters={"forcing": 8.0},
        initial_state=(8.01,) + (8.0,) * (sites - 1),
        time_unit="1",
        citation="Lorenz 1996, in Palmer and Hagedorn 2006, doi:10.1017/CBO9780511617652.004",
        reference=_reference(sites),
        resized=with_sites,
    )


def _reference(sites: int) -> Reference | None:
    if sites not in KNOWN:
        return None
    largest, dimension = KNOWN[sites]
    return Reference((largest,), dimension, SOURCE, relative_tolerance=0.01)


SYSTEM = with_sites(20)
