"""Where a job trains: on a card exactly when the workflow gave it one."""

from __future__ import annotations

import torch

from chaoslearn.errors import InputError


def device_for(cards: int) -> str:
    """ "cuda" for a job that was given a card, else "cpu".

    Raises
    ------
    InputError : a card was given and there is none; falling back in silence would take days.
    """
    if not cards:
        return "cpu"
    if not torch.cuda.is_available():
        raise InputError(
            "the profile gives this job a GPU, but torch finds none; install a CUDA build of torch "
            "or use the default profile"
        )
    return "cuda"
