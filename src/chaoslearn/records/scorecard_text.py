"""The scorecard to be read: as markdown, and as the page on which the report opens."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from chaoslearn.scorecard.row import VERDICTS, Row, Verdict
from chaoslearn.writing import atomic

HEADS = (
    "verdict",
    "claim",
    "published",
    "reproduced",
    "interval",
    "members",
    "convention",
    "reason",
)
"""The columns in the order in which they are read: the verdict first."""

TITLE = "Scorecard"
EXPLANATION = (
    "Which claims of the paper hold. Medians are over members, a failed one ranked as worst; "
    "intervals are of 95 %. How each verdict is decided stands in docs/scorecard.md."
)

# Told apart by the colour-blind, and dark enough to be read on white.
COLOURS: dict[Verdict, str] = {
    "holds": "#0072B2",
    "holds partly": "#00785A",
    "does not hold": "#D55E00",
    "cannot be judged": "#767676",
}

# The last rules are for the front page of the report, whose frame is narrow and centred.
STYLE = """
#scorecard { font: 13px/1.4 sans-serif; color: #222; max-width: 84rem; margin: 1rem; }
#scorecard h1 { font-size: 22px; margin: 0 0 .5rem; }
#scorecard h2 { font-size: 16px; margin: 1.6rem 0 .4rem; }
#scorecard table { border-collapse: collapse; width: 100%; margin: 0; font-size: 12px; }
#scorecard th { text-align: left; border-bottom: 1px solid #222; padding: 3px 6px; }
#scorecard td { vertical-align: top; border-bottom: 1px solid #ddd; padding: 4px 6px; }
#scorecard td.verdict, #scorecard .count { font-weight: bold; white-space: nowrap; }
#scorecard td.verdict { width: 8rem; }
#scorecard td.claim { min-width: 14rem; }
#scorecard td.interval { min-width: 7rem; }
#scorecard td.reason { color: #555; min-width: 20rem; }
div.prose:has(#scorecard) { max-width: none; }
div.items-center:has(#scorecard) { align-items: flex-start; justify-content: flex-start; }
div.items-start:has(#scorecard) { flex-direction: column; }
"""


def write(text: str, path: str | Path) -> None:
    """Write ``markdown`` or ``page``.

    Raises
    ------
    InputError : the place cannot be written.
    """
    with atomic(path) as partial:
        partial.write_text(text, encoding="utf-8")


def markdown(rows: Sequence[Row]) -> str:
    """A table for each family of claims, the number of verdicts above all."""
    told = ", ".join(f"{verdict}: {number}" for verdict, number in _counts(rows))
    lines = [f"# {TITLE}", "", EXPLANATION, "", f"{len(rows)} claims. {told}.", ""]
    for family, found in groupby(rows, key=lambda row: row.family):
        lines += [f"## {family}", "", _line(HEADS), _line(["---"] * len(HEADS))]
        for row in found:
            cells = [str(getattr(row, head)) for head in HEADS]
            lines.append(_line([f"**{cells[0]}**", *cells[1:]]))
        lines.append("")
    return "\n".join(lines)


def page(rows: Sequence[Row]) -> str:
    """The same as a page of its own."""
    told = ", ".join(
        f'<span class="count" style="color: {COLOURS[verdict]}">{verdict}: {number}</span>'
        for verdict, number in _counts(rows)
    )
    tables = [
        f"<h2>{escape(family)}</h2>\n<table>\n{_head()}\n"
        + "\n".join(_page_row(row) for row in found)
        + "\n</table>"
        for family, found in groupby(rows, key=lambda row: row.family)
    ]
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{TITLE}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<div id="scorecard">\n<h1>{TITLE}</h1>\n<p>{escape(EXPLANATION)}</p>\n'
        f"<p>{len(rows)} claims. {told}.</p>\n" + "\n".join(tables) + "\n</div>\n</body>\n</html>\n"
    )


def _counts(rows: Sequence[Row]) -> list[tuple[Verdict, int]]:
    return [(verdict, sum(row.verdict == verdict for row in rows)) for verdict in VERDICTS]


def _line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _head() -> str:
    return f"<tr>{''.join(f'<th>{head}</th>' for head in HEADS)}</tr>"


def _page_row(row: Row) -> str:
    cells = [
        f'<td class="{head}">{escape(str(getattr(row, head)))}</td>'
        if head != "verdict"
        else f'<td class="verdict" style="color: {COLOURS[row.verdict]}">{row.verdict}</td>'
        for head in HEADS
    ]
    return f"<tr>{''.join(cells)}</tr>"
