"""The Mackey-Glass equation with delay 23."""

from chaoslearn.systems import mackey_glass
from chaoslearn.systems.system import Reference

SYSTEM = mackey_glass.SYSTEM.with_parameters(
    "mackey_glass_23",
    delay=23.0,
    reference=Reference(
        exponents=(0.0097, 0.0),
        kaplan_yorke=2.8,
        source="Farmer 1982, doi:10.1016/0167-2789(82)90042-2, and this project's authors: "
        "0.0096 to 0.0098",
        relative_tolerance=0.03,
    ),
)
