"""One claim and what became of it: a row of the scorecard, and the rules all rows share."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

from chaoslearn.scorecard.bootstrap import Interval

Verdict = Literal["holds", "holds partly", "does not hold", "cannot be judged"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

FEWEST_MEMBERS = 5
"""Of fewer members nothing is judged: the interval of a median of four covers 88 % at most."""


@dataclass(frozen=True)
class Row:
    """A claim, the printed and the reproduced number, and the verdict.

    Attributes
    ----------
    family : the kind of claim, under which it is listed.
    published : what print says, or that it says nothing.
    interval : 95 % interval of the reproduced number, empty where it has none.
    members : the smallest number of members of an ensemble that the claim rests on.
    convention : of the measure; empty where the claim needs none.
    reason : why the verdict is what it is, failed members counted, and what print rests on.
    """

    family: str
    claim: str
    published: str
    reproduced: str
    interval: str
    members: str
    convention: str
    verdict: Verdict
    reason: str

    def unless(self, *hindrances: str) -> Row:
        """The row without a verdict where something hinders one; an empty hindrance is none."""
        if not any(hindrances):
            return self
        reason = because(*hindrances, self.reason)
        return replace(self, verdict="cannot be judged", reason=reason)


COLUMNS = tuple(field.name for field in fields(Row) if field.name != "family")


def beyond(interval: Interval, bound: float) -> Verdict:
    """Whether a number lies above ``bound``: only where all of its interval does, or does not."""
    if interval.low > bound:
        return "holds"
    return "does not hold" if interval.high <= bound else "cannot be judged"


def below(interval: Interval, bound: float) -> Verdict:
    """Whether a number is ``bound`` at most: only where all of its interval is, or is not."""
    if interval.high <= bound:
        return "holds"
    return "does not hold" if interval.low > bound else "cannot be judged"


def too_few(members: int) -> str:
    """Why so many members are too few; empty where they are not."""
    enough = members >= FEWEST_MEMBERS
    return "" if enough else f"{members} members, where {FEWEST_MEMBERS} are needed"


def because(*reasons: str) -> str:
    """Reasons in one line; an empty one is left out."""
    return "; ".join(reason for reason in reasons if reason)


def when(condition: bool, text: str) -> str:
    """A reason or hindrance that is told under a condition only."""
    return text if condition else ""
