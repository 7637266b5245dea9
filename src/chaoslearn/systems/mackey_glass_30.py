"""The Mackey-Glass equation with delay 30."""

from chaoslearn.systems import mackey_glass
from chaoslearn.systems.system import Reference

SYSTEM = mackey_glass.SYSTEM.with_parameters(
    "mackey_glass_30",
    delay=30.0,
    reference=Reference(
        exponents=(0.00735, 0.0),
        kaplan_yorke=3.6,
        source="Farmer 1982, doi:10.1016/0167-2789(82)90042-2, and this project's authors: "
        "0.0071 to 0.0076",
        relative_tolerance=0.035,
    ),
)
