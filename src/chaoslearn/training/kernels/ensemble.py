"""The members of an ensemble, shared out over threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads)


def share_out(work: Callable[[slice], None], members: int, threads: int) -> None:
    """Do the work on all members, in equal shares on so many threads.

    Parameters
    ----------
    work : takes a slice of members, and holds the GIL for a short time only.
    """
    shares = min(threads, members)
    if shares == 1:
        work(slice(0, members))
        return
    bounds = [members * share // shares for share in range(shares + 1)]
    list(_pool(threads).map(work, map(slice, bounds[:-1], bounds[1:])))
