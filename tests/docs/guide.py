"""The guide as data: its pages, links, names, code blocks and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = sorted((ROOT / "docs").glob("*.md"))
PAGES = [
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *GUIDE)
    if path.is_file()
]

MINE = "time,x,y\n0.0,1.0,2.0\n0.1,2.0,3.0\n0.2,1.5,2.5\n"
"""What the guide calls data/mine.csv."""

NAMES = {"series": "lorenz63_published", "cell": "lstm", "forcing": "sparse-30"}
"""Of the results that the guide's examples open."""

NAMES_OF_COURSES = NAMES | {"cell": "plrnn", "forcing": "sparse-30-course"}
"""The only trainings that are followed while they go on."""

RESULT_KINDS = (
    "series", "exponents", "training", "free_runs", "measures", "gradients", "growth", "forced",
    "courses",
)  # fmt: skip

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line on which it begins."""

    language: str
    text: str
    line: int

    @property
    def file(self) -> str | None:
        """The file that the block is, where its first line says so: `# my/thomas.py`."""
        found = re.match(r"# ([\w/]+\.py)\n", self.text)
        return found[1] if found else None


def blocks(page: Path, language: str) -> list[Block]:
    """The fenced blocks of a page in this language."""
    text = page.read_text()
    return [
        Block(found[1], found[2], text.count("\n", 0, found.start()) + 2)
        for found in FENCE.finditer(text)
        if found[1] == language
    ]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return FENCE.sub("", page.read_text())


def names(page: Path) -> list[str]:
    """What stands in backticks in the prose."""
    return SPAN.findall(prose(page))


def links(page: Path) -> list[str]:
    """The targets of its links."""
    return LINK.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """The anchors of its headings."""
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(prose(page)))
    return {heading.strip().replace(" ", "-") for heading in plain}


def example_files() -> dict[str, str]:
    """Every file that a block of the guide is, by path."""
    return {
        block.file: block.text
        for page in GUIDE
        for block in blocks(page, "python")
        if block.file is not None
    }


def section(page: Path, heading: str) -> str:
    """The text under a heading, up to the next."""
    _, _, rest = page.read_text().partition(f"## {heading}\n")
    assert rest, f"{page.name} has no heading {heading!r}"
    return rest.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def result_heading(kind: str) -> str:
    """The heading under which the guide tells of a kind of result files."""
    place = "{series}" if kind in ("series", "exponents") else "{series}/{cell}/{forcing}"
    return f"`results/{kind}/{place}.nc`"


def result_path(kind: str) -> str:
    """The file of a kind that the guide's examples open."""
    names = NAMES_OF_COURSES if kind == "courses" else NAMES
    return result_heading(kind).strip("`").format(**names)
