"""The two ways in which reconstructions are scored, and free runs are started for it."""

from typing import Literal, get_args

Convention = Literal["published", "standard"]
"""The paper's, with its quirks, and the corrected one."""

CONVENTIONS: tuple[Convention, ...] = get_args(Convention)
