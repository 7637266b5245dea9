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

WINDOWS = {
    **dict.fromkeys(("clipped-norm", "clipped-value", "annealed"), (1000, 1000)),
    **dict.fromkeys(("sparse", "truncated", "windowed", "random"), (100, 200)),
}
"""Shortest and longest window T in print, in steps, by kind of forcing."""

DEFAULT_WINDOW = 200
"""Of a training that names none."""


def told(evidence: Evidence, *ensembles: Ensemble) -> str:
    """In what the training of ensembles differs from print, in words; empty where it does not."""
    found = dict.fromkeys(
        difference
        for ensemble in ensembles
        for difference in differences(
            evidence.training(ensemble), ensemble.kind, ensemble.place.position
        )
    )
    return "not the published protocol: " + ", ".join(found) if found else ""


def differences(training: Mapping[str, Any], kind: str, position: float | None) -> list[str]:
    """What is trained otherwise than in print.

    Parameters
    ----------
    training : keys as in `PUBLISHED`, and `window`; empty where it is not known.
    kind : of the forcing (`sparse`, `clipped-norm`).
    position : its number, as τ in steps of sparse forcing; None if it has none.
    """
    if not training:
        return ["trained in a way not told here"]
    found = [
        f"{name.replace('_', ' ')} {training[name]} (print {value})"
        for name, value in PUBLISHED.items()
        if training[name] != value
    ]
    return found + _window(training["window"] or DEFAULT_WINDOW, kind, position or 0.0)


def _window(window: int, kind: str, position: float) -> list[str]:
    if kind not in WINDOWS:
        return []
    shortest, longest = WINDOWS[kind]
    # Of a τ that is longer still, print's window is known to hold it, and no more.
    if shortest <= window <= longest or (kind == "sparse" and position > longest):
        return []
    told = f"{shortest}" if shortest == longest else f"{shortest} to {longest}"
    return [f"windows of {window} steps (print {told})"]
