"""Fast kernels on the CPU, float32: one file a cell, each with `WEIGHTS`, `train` and `run`."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.training.kernels.ensemble import share_out
from chaoslearn.training.kernels.windows import Begins, Windows, cut

_CELLS = ("rnn", "lstm", "plrnn", "gru")

Members = NDArray[np.float32]


def available(cell_name: str) -> bool:
    """Return whether the cell has a kernel."""
    return cell_name in _CELLS


def loss_and_gradient(
    cell_name: str,
    weights: Mapping[str, Members],
    series: NDArray[np.float32],
    window_starts: NDArray[np.int64],
    segment_starts: NDArray[np.int64],
    window: int,
    begins: Begins,
    gradients: Mapping[str, Members],
    loss: NDArray[np.float32],
    threads: int = 1,
) -> None:
    """Fill the loss `(member,)` and the gradients, by name as the weights, of an ensemble.

    A window of T steps starts from the series at `s`: its inputs are x_s … x_{s+T−1}, its targets
    x_{s+1} … x_{s+T}. At each segment start p the state becomes lift(B⁺x_{s+p}), through which the
    gradient flows into the readout ("observed"), zero ("zero"), or stays, the gradient cut
    ("carried", whose first segment is observed). The loss is the mean of (x − Bh)² over windows,
    steps and components. A member that diverges has a loss that is not finite.

    Parameters
    ----------
    weights : by name, `(member, …)`, with "readout" `(member, component, latent)`, N ≤ M.
    series : `(time, component)`.
    window_starts : `(member, window)`, each with T further observations.
    segment_starts : `(segment,)`, increasing steps of the window from 0 on.
    window : T, in steps.
    threads : the members are shared out to; the results do not depend on it.

    Raises
    ------
    InputError : a window leaves the series, the segments do not fill the window, or B⁺ is asked
        of a readout of more components than latents.
    """
    cell = import_module(f"{__name__}.{cell_name}")
    series = _plain(series, np.float32)
    window_starts = _plain(window_starts, np.int64)
    _require_inside(series, window_starts, segment_starts, window)
    _, component, latent = weights["readout"].shape
    if component > latent and begins != "zero":
        raise InputError(
            f"{component} components do not fit into {latent} latents; choose a larger latent size"
        )
    for gradient in gradients.values():
        gradient.fill(0)
    segments, rounds = cut(tuple(segment_starts), window, window_starts.shape[1], begins)

    def train(members: slice) -> None:
        starts = window_starts[members]
        windows = Windows(series, starts, segments, rounds, window, begins != "zero")
        cell.train(
            tuple(weights[name][members] for name in cell.WEIGHTS),
            weights["readout"][members],
            windows,
            tuple(gradients[name][members] for name in cell.WEIGHTS),
            gradients["readout"][members],
            loss[members],
        )

    share_out(train, loss.size, threads)


def free_run(
    cell_name: str,
    weights: Mapping[str, Members],
    states: NDArray[np.float32],
    steps: int,
    threads: int = 1,
) -> NDArray[np.float32]:
    """Return what nets generate on their own, `(member, sequence, step, component)`.

    Parameters
    ----------
    weights : by name, `(member, …)`, with "readout" `(member, component, latent)`.
    states : `(member, sequence, state)`, where the sequences start; the first generated sample is
        one step later.
    steps : how many samples each sequence generates.
    threads : the members are shared out to.
    """
    cell = import_module(f"{__name__}.{cell_name}")
    component = weights["readout"].shape[1]
    generated = np.empty((*states.shape[:2], steps, component), np.float32)

    def run(members: slice) -> None:
        cell.run(
            tuple(weights[name][members] for name in cell.WEIGHTS),
            weights["readout"][members],
            states[members],
            generated[members],
        )

    share_out(run, len(states), threads)
    return generated


def _plain(array: NDArray[Any], dtype: type) -> NDArray[Any]:
    """Return the array as the kernels take it, a copy only if need be.

    One kind of array, so that one version of each kernel is compiled: contiguous and writable.
    """
    return np.require(array, dtype, ["C_CONTIGUOUS", "ALIGNED", "WRITEABLE"])


def _require_inside(
    series: NDArray[np.float32],
    window_starts: NDArray[np.int64],
    segment_starts: NDArray[np.int64],
    window: int,
) -> None:
    """Refuse what would make a kernel read beyond its arrays."""
    if window_starts.min() < 0 or window_starts.max() + window >= len(series):
        raise InputError(
            f"a window of {window} steps leaves the series of {len(series)} samples; "
            f"windows may start at 0 to {len(series) - window - 1}"
        )
    edges = np.append(segment_starts, window)
    if edges[0] != 0 or (np.diff(edges) < 1).any():
        raise InputError(
            f"segments start at {segment_starts.tolist()} in a window of {window} steps; "
            "the first must start at 0, each later than the one before and within the window"
        )
