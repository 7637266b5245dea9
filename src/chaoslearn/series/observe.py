"""From states to what is observed of them: components, noise, standardised values."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError

Array = NDArray[np.float64]
Mode = Literal["component", "scalar", "none"]


class Standardised(NamedTuple):
    """A series `(time, component)` with the mean and scale `(component,)` that were taken out."""

    series: Array
    mean: Array
    scale: Array


def choose_components(series: Array, names: Sequence[str], chosen: Sequence[str]) -> Array:
    """The `chosen` components of a series `(time, component)`, in the order asked for.

    Raises `InputError` for a name that is not among `names`, for one named twice and for none.
    """
    if not chosen:
        raise InputError("no component is chosen; name one of " + ", ".join(names))
    for name in chosen:
        if name not in names:
            raise InputError(f"component {name!r} is unknown; choose from " + ", ".join(names))
        if list(chosen).count(name) > 1:
            raise InputError(f"component {name!r} is chosen twice; name it once")
    return series[:, [list(names).index(name) for name in chosen]]


def add_noise(series: Array, per_cent: float, generator: np.random.Generator) -> Array:
    """The series `(time, component)` with white Gaussian noise, in per cent of its std each.

    Raises `InputError` for a negative level.
    """
    if not per_cent >= 0:
        raise InputError(f"the noise level is {per_cent} per cent; give zero or a positive number")
    deviation: Array = series.std(axis=0) * per_cent / 100.0
    return series + deviation * generator.standard_normal(series.shape)


def standardise(
    series: Array,
    mode: str,
    training_samples: int | None = None,
    names: Sequence[str] | None = None,
) -> Standardised:
    """The series `(time, component)` shifted and scaled by the statistics of its training part.

    `mode` is "component" (a mean and a std for each component), "scalar" (one mean and one std
    over all values, as the paper's released series have it) or "none" (mean 0, scale 1). The
    training part is the first `training_samples`, all of them if None, so that nothing about the
    held-out part is used. `names` are those of the components, by default their numbers.

    Raises `InputError` for an unknown mode and for a component that is constant there.
    """
    if mode not in get_args(Mode):
        raise InputError(
            f"standardisation {mode!r} is unknown; use one of " + ", ".join(get_args(Mode))
        )
    training = series[:training_samples]
    components = series.shape[1]
    names = names or [str(index) for index in range(components)]
    if mode == "none":
        mean, scale = np.zeros(components), np.ones(components)
    elif mode == "scalar":
        mean, scale = np.full(components, training.mean()), np.full(components, training.std())
        _refuse_constant(np.array([np.ptp(training)]), names)
    else:
        mean, scale = training.mean(axis=0), training.std(axis=0)
        _refuse_constant(np.ptp(training, axis=0), names)
    return Standardised((series - mean) / scale, mean, scale)


def _refuse_constant(extent: Array, names: Sequence[str]) -> None:
    constant = np.flatnonzero(extent == 0)
    if len(constant):
        raise InputError(
            f"component {names[constant[0]]} is constant over the training part and cannot be "
            "standardised; leave it out or use standardisation none"
        )
