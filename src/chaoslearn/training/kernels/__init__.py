"""Fast kernels on the CPU, float32: one file a cell, each with `WEIGHTS`, `train` and `run`."""

from collections.abc import Mapping
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.ensemble import share_out
from chaoslearn.training.kernels.windows import CODES, Begins, Windows

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
    """
    cell = import_module(f"{__name__}.{cell_name}")
    for gradient in gradients.values():
        gradient.fill(0)

    def train(members: slice) -> None:
        windows = Windows(series, window_starts[members], segment_starts, window, CODES[begins])
        cell.train(
            (
                tuple(weights[name][members] for name in cell.WEIGHTS),
                weights["readout"][members],
                windows,
                tuple(gradients[name][members] for name in cell.WEIGHTS),
                gradients["readout"][members],
                loss[members],
            )
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
            (
                tuple(weights[name][members] for name in cell.WEIGHTS),
                weights["readout"][members],
                states[members],
                generated[members],
            )
        )

    share_out(run, len(states), threads)
    return generated
