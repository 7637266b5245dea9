"""Make double_well.csv, the file that stands for a user's own series in tests and smoke runs.

A driven particle in a double well (the Duffing oscillator with the published parameters), 4000
samples 0.2 s apart, written with five digits as an instrument would. Run it from the root:
``python tests/data/make_double_well.py``.
"""

from pathlib import Path

import numpy as np

from chaoslearn import systems
from chaoslearn.series.integrate import integrate

states = integrate(systems.load("duffing"), step=0.2, samples=4000, transient=100.0, seed=1)
np.savetxt(
    Path(__file__).with_name("double_well.csv"), states[:, :2],
    fmt="%.5g", delimiter=",", header="position,velocity", comments="",
)  # fmt: skip
