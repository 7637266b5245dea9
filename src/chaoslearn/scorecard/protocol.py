"""The protocol of the published runs, and in what a training differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence

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


def told(evidence: Evidence, *ensembles: Ensemble) -> str:
    """In what the training of ensembles differs from print, in words; empty where it does not."""
    found = dict.fromkeys(
        difference
        for ensemble in ensembles
        for difference in differences(evidence.training(ensemble), ensemble.kind)
    )
    return "not the published protocol: " + ", ".join(found) if found else ""


def differences(training: Mapping[str, Any], kind: str) -> list[str]:
    """What is trained otherwise than in print.

    Parameters
    ----------
    training : keys as in `PUBLISHED`, and `window`; empty where it is not known.
    kind : of the forcing (`sparse`, `clipped-norm`).
    """
    if not training:
        return ["trained in a way not told here"]
    found = [
        f"{name.replace('_', ' ')} {training[name]} (print {value})"
        for name, value in PUBLISHED.items()
        if training[name] != value
    ]
    window = training["window"] or DEFAULT_WINDOW
    if kind in WINDOWS and window != WINDOWS[kind]:
        found.append(f"windows of {window} steps (print {WINDOWS[kind]})")
    return found
