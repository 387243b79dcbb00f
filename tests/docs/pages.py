"""Reads the documentation: its pages, links, headings and blocks of code."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<to>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
QUOTED = re.compile(r"`(?P<text>[^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A block of code in a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{short(self.page)}:{self.line}"


def pages() -> list[Path]:
    """README.md and everything in docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def short(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(*languages: str) -> list[Block]:
    """Every block of code in these languages, without the indent of a list it stands in."""
    found = [(page, one) for page in pages() for one in FENCE.finditer(text(page))]
    return [
        Block(page, _line(page, one.start()), one["language"], _flush(one["text"], one["indent"]))
        for page, one in found
        if one["language"] in languages
    ]


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", text(page))


def links(page: Path) -> list[str]:
    return [one["to"] for one in LINK.finditer(prose(page))]


def quoted(page: Path) -> list[str]:
    """What stands `like this` in the running text."""
    return [one["text"] for one in QUOTED.finditer(prose(page))]


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    return {_anchor(one["text"]) for one in HEADING.finditer(prose(page))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _line(page: Path, place: int) -> int:
    return text(page)[:place].count("\n") + 1


def _flush(code: str, indent: str) -> str:
    return "\n".join(line.removeprefix(indent) for line in code.splitlines()) + "\n"
