"""The floor of each measure: its value between two independent stretches of the true series.

No model can be told apart from the system below it.
"""

import numpy as np
import numpy.typing as npt

from chaoslearn.measures.convention import Convention
from chaoslearn.measures.reconstruction import Reconstruction, measure_reconstruction


def floor(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    convention: Convention,
    generator: np.random.Generator,
) -> Reconstruction:
    """Score one stretch of the true series as if it were a free run of the other.

    The floor falls with the length of the stretches (30 bins, Lorenz: 0.04-0.10 at 100 000
    samples, 0.3-0.9 at 10 000), so take them as long as the free runs it is compared with.

    Args:
        first: one stretch of the true series, `(time, component)`, in the place of the truth.
        second: another that shares no sample with it, in the place of the free run.
        convention: "published" or "standard".
        generator: source of the mixture's Monte Carlo samples.

    Returns:
        The measures, and in `failure` why there is no floor (the system itself stands still).

    Raises:
        InputError: see `measure_reconstruction`.
    """
    return measure_reconstruction(first, second, convention, generator)
