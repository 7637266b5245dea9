"""What every script of the workflow does around its work: a log, and one line where it fails."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from chaoslearn.errors import InputError
from chaoslearn.unchanged import require_sources


@contextmanager
def reporting(log_files: Sequence[str]) -> Iterator[None]:
    """Log to ``log_files`` and the terminal; end a job with bad input by one line and exit code 1.

    Everything else that is raised is a defect and keeps its traceback.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers += [logging.FileHandler(file, mode="w") for file in log_files]
    logging.basicConfig(format="%(message)s", handlers=handlers, force=True)
    logging.getLogger("chaoslearn").setLevel(logging.INFO)  # libraries: warnings only
    try:
        require_sources()
        yield
    except InputError as error:
        logging.getLogger(__name__).error("error: %s", error)
        sys.exit(1)
    except Exception:
        logging.getLogger(__name__).exception("unexpected failure")
        raise
