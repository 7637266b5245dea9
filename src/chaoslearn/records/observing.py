"""From what was recorded to an observed series: noise, preprocessing, embedding, split, scale.

The trend, the seasonal cycle and the level of the noise are those of the whole recording; what
standardises the series and what chooses an embedding is its training part alone. Delay vectors
that hold samples of both parts are left out, so that nothing held out was trained on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.records.series import to_dataset
from chaoslearn.series.automatic_embedding import complete_embedding
from chaoslearn.series.embedding import delay_names, embed
from chaoslearn.series.observe import add_noise, choose_components, standardise
from chaoslearn.series.preprocess import preprocess
from chaoslearn.series.split import TEST, TRAIN, require_samples, split_in_time, with_whole_past

Array = NDArray[np.float64]
Notes = Mapping[str, str | float]

FEWEST_TRAINING = 2
ROUNDING = 1e-9  # of a component's size: what moves less does not move
# The published power spectrum cuts a series into fifty stretches of at least two samples.
FEWEST_HELD_OUT = 100


@dataclass(frozen=True)
class Recording:
    """A series as it came, wherever from.

    Attributes
    ----------
    values : ``(time, component)``.
    step : sampling step, in ``unit``.
    training_fraction : of the samples, from the beginning.
    notes : what is known of its origin and of what was done to it: attributes of its file.
    """

    values: Array
    components: Sequence[str]
    step: float
    unit: str
    training_fraction: float
    notes: Notes

    def only(self, components: Sequence[str] | None) -> Recording:
        """Only these components, in this order; all if None."""
        if components is None:
            return self
        values = choose_components(self.values, self.components, components)
        return replace(self, values=values, components=components)

    def changed(self, values: Array, **notes: str | float | None) -> Recording:
        """Other values, with a note on each step that was taken (is not None)."""
        taken = {name: note for name, note in notes.items() if note is not None}
        return replace(self, values=values, notes={**self.notes, **taken})


def observe(name: str, recording: Recording, settings: Mapping[str, Any]) -> xr.Dataset:
    """The dataset of series ``name``.

    Parameters
    ----------
    settings : as ``config_series.Series``, with ``seed``.

    Raises
    ------
    InputError : the recording does not allow what is asked for.
    """
    try:
        return _observed(name, recording, settings)
    except InputError as error:
        raise InputError(f"series {name}: {error}") from error


def _observed(name: str, recording: Recording, settings: Mapping[str, Any]) -> xr.Dataset:
    # A file has columns instead, chosen as it is read.
    recording = recording.only(settings.get("components"))
    if settings["noise"]:
        generator = np.random.default_rng(seed_of(settings["seed"], name, "noise"))
        noisy = add_noise(recording.values, settings["noise"], generator)
        recording = recording.changed(noisy, noise_per_cent=settings["noise"])
    recording = _preprocessed(recording, settings["preprocess"])
    split = split_in_time(len(recording.values), training_fraction=recording.training_fraction)
    sample = np.arange(len(split))
    if settings["embedding"] is not None:
        recording, sample = _embedded(recording, split, settings["embedding"])
        split = split[sample]
    require_samples(split, training=FEWEST_TRAINING, held_out=FEWEST_HELD_OUT)
    training = int((split == TRAIN).sum())
    standard = standardise(
        recording.values, settings["standardise"], training, recording.components
    )
    _require_motion(standard.series, split, recording.components)
    return to_dataset(
        standard.series,
        split,
        recording.step * (sample - sample[0]),
        mean=standard.mean,
        scale=standard.scale,
        components=recording.components,
        step=recording.step,
        unit=recording.unit,
        origin={**recording.notes, "standardised": settings["standardise"]},
    )


def _require_motion(series: Array, split: NDArray[np.int8], components: Sequence[str]) -> None:
    """Refuse a component that stands still in either part: no measure of it means anything."""
    for part, name in ((TRAIN, "training"), (TEST, "held-out")):
        values = series[split == part]
        still = np.ptp(values, axis=0) <= ROUNDING * np.abs(values).max(axis=0)
        if still.any():
            raise InputError(
                f"component {components[int(np.argmax(still))]} does not move in the {name} part; "
                "leave it out, or choose another stretch"
            )


def seed_of(seed: int, *names: str) -> int:
    """A seed that depends on the study's seed, the series' name and the purpose alone."""
    text = " ".join([str(seed), *names])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def _preprocessed(recording: Recording, settings: Mapping[str, Any]) -> Recording:
    steps = {
        "detrend_degree": settings["detrend"],
        "seasonal_period": settings["seasonal_period"],
        "smoothing_width": settings["smooth"],
    }
    return recording.changed(preprocess(recording.values, **steps), **steps)


def _embedded(
    recording: Recording, split: NDArray[np.int8], settings: Mapping[str, Any]
) -> tuple[Recording, NDArray[np.intp]]:
    """Delay vectors that lie in one part of the series, and the sample each of them ends at."""
    if len(recording.components) != 1:
        raise InputError(
            "an embedding is of one component, but here are "
            f"{', '.join(recording.components)}; choose one by components (of a file: columns)"
        )
    series = recording.values[:, 0]
    dimension, lag = complete_embedding(
        series[split == TRAIN], settings["dimension"], settings["lag"]
    )
    past = (dimension - 1) * lag
    sample = with_whole_past(split, past)
    vectors = recording.changed(
        embed(series, dimension, lag)[sample - past],
        embedding_dimension=dimension,
        embedding_lag=lag,
    )
    names = delay_names(recording.components[0], dimension, lag)
    return replace(vectors, components=names), sample
