"""The Lorenz system with the parameters most exponents in the literature are quoted for.

The paper's prediction time for Lorenz rests on this λ, although its series has others.
"""

from chaoslearn.systems import lorenz63
from chaoslearn.systems.system import Reference

SYSTEM = lorenz63.SYSTEM.with_parameters(
    "lorenz63_wolf",
    sigma=16.0,
    rho=45.92,
    beta=4.0,
    reference=Reference(
        exponents=(1.50, 0.0, -22.50),
        kaplan_yorke=2.067,
        source="Wolf et al. 1985, doi:10.1016/0167-2789(85)90011-9; "
        "Rosenstein et al. 1993, doi:10.1016/0167-2789(93)90009-P",
        relative_tolerance=0.01,
    ),
)
