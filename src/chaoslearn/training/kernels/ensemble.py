"""The members of an ensemble, one by one or shared out over threads."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.segments import CODES, Begins

Members = NDArray[np.float32]


def train(
    kernel: Callable[..., None],
    names: tuple[str, ...],
    weights: Mapping[str, Members],
    series: NDArray[np.float32],
    window_starts: NDArray[np.int64],
    segment_starts: NDArray[np.int64],
    window: int,
    begins: Begins,
    gradients: Mapping[str, Members],
    loss: NDArray[np.float32],
    threads: int,
) -> None:
    for gradient in gradients.values():
        gradient.fill(0)

    def train_share(members: slice) -> None:
        kernel(
            tuple(weights[name][members] for name in names),
            weights["readout"][members],
            series,
            window_starts[members],
            segment_starts,
            window,
            CODES[begins],
            tuple(gradients[name][members] for name in names),
            gradients["readout"][members],
            loss[members],
        )

    share_out(train_share, loss.size, threads)


def share_out(work: Callable[[slice], None], members: int, threads: int) -> None:
    """Do the work on all members, in equal shares on so many threads; order is no matter."""
    shares = min(threads, members)
    if shares == 1:
        work(slice(0, members))
        return
    bounds = [members * share // shares for share in range(shares + 1)]
    with ThreadPoolExecutor(shares) as pool:
        list(pool.map(work, [slice(a, b) for a, b in zip(bounds, bounds[1:], strict=False)]))
