"""The file ``exponents/{series}.nc``: how fast a series forgets, from equations and from data."""

from __future__ import annotations

import math

import numpy as np
import xarray as xr

from chaoslearn.lyapunov.from_data import ExponentFromData
from chaoslearn.lyapunov.predictability import PredictabilityTime, predictability_time
from chaoslearn.lyapunov.spectrum import Spectrum
from chaoslearn.store import per, variable
from chaoslearn.systems import Reference

TIME = {
    "fixed distance": "mean time in which neighbours get so far apart",
    "fixed time": "time after being neighbours",
}
# Two standard errors on either side.
COVERAGE = 2.0


def to_dataset(
    from_data: ExponentFromData,
    kantz: ExponentFromData,
    spectrum: Spectrum | None,
    reference: Reference | None,
    *,
    step: float,
    unit: str,
) -> xr.Dataset:
    """Describe the exponents of a series.

    Parameters
    ----------
    from_data : by the method of Rosenstein et al., which gives the curves and, where no equations
        are known, the predictability time.
    kantz : by that of Kantz, to compare.
    spectrum : from the equations; None for a series from a file.
    reference : published exponents of the system, if there are any.
    step : sampling step in units of time: predictability times are in steps.
    """
    rate = per(unit)
    dataset = _from_data(from_data, unit, rate).assign(
        _estimate("largest_exponent_from_data_kantz", kantz, rate)
    )
    data_time = _time_from_data(from_data, step)
    best_exponent, best_time = from_data.largest_exponent, data_time
    if spectrum is not None:
        dataset = dataset.merge(_from_equations(spectrum, unit, rate))
        best_exponent = float(spectrum.exponent[0])
        best_time = _time_from_equations(spectrum, step)
    if reference is not None:
        dataset = dataset.merge(_reference(reference, rate), join="outer")
        dataset.attrs["reference_source"] = reference.source
    dataset["largest_exponent"] = variable((), best_exponent, "largest Lyapunov exponent", rate)
    _add_time(dataset, "predictability_time", best_time, "from the equations where known")
    _add_time(dataset, "predictability_time_from_data", data_time, "from the series alone")
    dataset.attrs |= {
        "origin": "data" if spectrum is None else "equations",
        "sampling_step": step,
        "refused_kantz": kantz.refused,
    }
    return dataset


def _from_data(found: ExponentFromData, unit: str, rate: str) -> xr.Dataset:
    dataset = xr.Dataset(
        {
            "log_divergence": variable(
                ("embedding", "lag"), found.log_divergence, "logarithm of neighbours' distance"
            ),
            **_estimate("largest_exponent_from_data", found, rate),
            "exponent_of_embedding": variable(
                "embedding", found.exponent_of_embedding, "largest exponent of one embedding", rate
            ),
            "fit_start": variable("embedding", found.fit_start, "where the fit begins", unit),
            "fit_stop": variable("embedding", found.fit_stop, "where the fit ends", unit),
        },
        {
            "embedding": variable(
                "embedding", found.embedding_dimension, "dimension of the delay embedding"
            ),
            "lag": variable("lag", found.lag_time, TIME[found.averaging], unit),
            "bound": variable("bound", ["low", "high"], "end of an interval"),
        },
    )
    dataset.attrs |= {
        "delay_steps": found.delay,
        "theiler_window_steps": found.theiler_window,
        "method": found.method,
        "averaging": found.averaging,
        "refused": found.refused,
    }
    return dataset


def _estimate(name: str, found: ExponentFromData, rate: str) -> dict[str, xr.Variable]:
    """The estimate and its interval under these names."""
    meaning = f"largest Lyapunov exponent from the series alone ({found.method})"
    spread = "its 95 % interval over embeddings, fit ranges and reference points"
    return {
        name: variable((), found.largest_exponent, meaning, rate),
        f"{name}_interval": variable("bound", found.interval, spread, rate),
    }


def _from_equations(spectrum: Spectrum, unit: str, rate: str) -> xr.Dataset:
    index = np.arange(1, len(spectrum.exponent) + 1)
    return xr.Dataset(
        {
            "exponent": variable("index", spectrum.exponent, "Lyapunov exponent", rate),
            "exponent_error": variable(
                "index", spectrum.exponent_error, "standard error over initial conditions", rate
            ),
            "exponent_resolution": variable(
                (), spectrum.resolution, "largest exponents up to this may be zero", rate
            ),
            "convergence": variable(
                ("checkpoint", "index"), spectrum.convergence, "exponent as time grows", rate
            ),
            "kaplan_yorke_dimension": variable(
                (), spectrum.kaplan_yorke_dimension, "Kaplan-Yorke dimension"
            ),
        },
        {
            "index": variable("index", index, "number of the exponent, largest first"),
            "checkpoint": variable(
                "checkpoint", spectrum.convergence_time, "time averaged over", unit
            ),
        },
    )


def _time_from_equations(spectrum: Spectrum, step: float) -> PredictabilityTime:
    """Infinite where the largest exponent cannot be told from zero."""
    exponent, error = float(spectrum.exponent[0]), float(spectrum.exponent_error[0])
    # An exponent of −∞ is without error.
    spread = 0.0 if exponent == -math.inf else spectrum.resolution + COVERAGE * error
    interval = (exponent - spread, exponent + spread)
    return predictability_time(exponent, interval, step, resolution=spread)


def _time_from_data(found: ExponentFromData, step: float) -> PredictabilityTime:
    """NaN where the series was refused an exponent."""
    if found.refused:
        return PredictabilityTime(math.nan, math.nan, math.nan)
    return predictability_time(found.largest_exponent, found.interval, step)


def _reference(reference: Reference, rate: str) -> xr.Dataset:
    dimension = math.nan if reference.kaplan_yorke is None else reference.kaplan_yorke
    index = np.arange(1, len(reference.exponents) + 1)
    return xr.Dataset(
        {
            "reference": variable("index", reference.exponents, "published exponent", rate),
            "reference_dimension": variable((), dimension, "published Kaplan-Yorke dimension"),
        },
        {"index": variable("index", index, "number of the exponent, largest first")},
    )


def _add_time(dataset: xr.Dataset, name: str, time: PredictabilityTime, origin: str) -> None:
    meaning = f"ln 2 / largest exponent in sampling steps, {origin}"
    dataset[name] = variable((), time.steps, meaning, "1")
    dataset[f"{name}_interval"] = variable("bound", (time.low, time.high), f"interval of {meaning}")
