"""The protocol of the published runs, and in what a training differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PUBLISHED = {
    "latent": 30,
    "epochs": 3000,
    "batches": 10,
    "batch": 32,
    "learning_rate": 1.0e-3,
    "schedule": "constant",
}
"""As the paper's released code states it (arXiv:2110.07238); keys as in the config."""

WINDOWS = {"clipped-norm": 1000, "clipped-value": 1000, "annealed": 1000}
"""Window length T of runs that print trains on longer windows, by kind of forcing."""

DEFAULT_WINDOW = 200


def differences(training: Mapping[str, Any], kind: str) -> str:
    """What is trained otherwise than in print, in words; empty where nothing is.

    Parameters
    ----------
    training : keys as in `PUBLISHED`, and `window`; empty where it is not known.
    kind : of the forcing (`sparse`, `clipped-norm`).
    """
    if not training:
        return "trained in a way not told here"
    told = [
        f"{name.replace('_', ' ')} {training[name]} (print {value})"
        for name, value in PUBLISHED.items()
        if training[name] != value
    ]
    window = training["window"] or DEFAULT_WINDOW
    if kind in WINDOWS and window != WINDOWS[kind]:
        told.append(f"windows of {window} steps (print {WINDOWS[kind]})")
    return "not the published protocol: " + ", ".join(told) if told else ""
