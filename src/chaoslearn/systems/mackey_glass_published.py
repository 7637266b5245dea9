"""The Mackey-Glass equation as the paper most likely used it: an inference, not a fact.

Its series is missing from the release; these are the defaults of the collection the paper's other
systems come from (dysts: Gilpin 2021, doi:10.48550/arXiv.2110.05266), sampled about every 0.04.
"""

from chaoslearn.systems import mackey_glass

SYSTEM = mackey_glass.SYSTEM.with_parameters(
    "mackey_glass_published", beta=2.0, gamma=1.0, n=9.65, delay=2.0
)
