"""The members of an ensemble, shared out over threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads)


def share_out(work: Callable[[slice], None], members: int, threads: int) -> None:
    """Do the work on all members, in equal shares on so many threads, one of them the caller's.

    Parameters
    ----------
    work : takes a slice of members, and holds the GIL for a short time only.
    """
    count = min(threads, members)
    bounds = [members * share // count for share in range(count + 1)]
    own, *others = map(slice, bounds[:-1], bounds[1:])
    # Waking a thread takes as long as a member's step: one less to wake.
    running = [_pool(count - 1).submit(work, share) for share in others]
    work(own)
    for future in running:
        future.result()
