"""The Rössler system with the parameters of the paper's released series."""

from chaoslearn.systems import roessler
from chaoslearn.systems.system import Reference

SYSTEM = roessler.SYSTEM.with_parameters(
    "roessler_published",
    a=0.15,
    b=0.2,
    c=10.0,
    reference=Reference(
        exponents=(0.089, 0.0, -9.80),
        kaplan_yorke=2.009,
        source="Wolf et al. 1985, doi:10.1016/0167-2789(85)90011-9: 0.090; "
        "this project's authors: 0.0886; it converges slowly",
        relative_tolerance=0.03,
    ),
)
