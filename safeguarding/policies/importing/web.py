"""Reads a web page: cleaned first, then its headings, paragraphs and lists."""

import re
from html.parser import HTMLParser

import nh3

from .lines import Read
from .words import decoded

BLOCKS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "tr",
    "dt",
    "dd",
    "blockquote",
    "div",
    "caption",
}
LISTS = {"ul", "ol"}
LONGEST_NUMBER = 6
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
KEPT = BLOCKS | LISTS | {"table", "tbody", "thead", "td", "th", "br", "strong", "b", "dl"}


def read_html(content: bytes) -> Read:
    """The words that a page shows, in their order."""
    named = CHARSET.search(content[:2048])
    if named and named[1].lower() in {b"windows-1252", b"iso-8859-1", b"latin1"}:
        content = content.decode("cp1252", errors="replace").encode()
    clean = nh3.clean(
        decoded(content),
        tags=KEPT,
        attributes={"ol": {"start"}, "li": {"value"}},
        clean_content_tags={"script", "style", "title", "nav", "head"},
        link_rel=None,
    )
    walk = _Walk()
    walk.feed(clean)
    walk.close()
    walk.end_block()
    return walk.read


class _Walk(HTMLParser):
    """Collects what stands in each block, with the number that a browser would show before a list's item."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.words: list[tuple[str, bool]] = []
        self.heading, self.bold = 0, 0
        self.label, self.bullet = "", 0
        self.lists: list[
            int | None
        ] = []  # the next number of each list we are in; None for bullets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in LISTS:
            self.end_block()
            first = _number(given.get("start") or "", otherwise=1)
            self.lists.append(first if tag == "ol" else None)
        elif tag in BLOCKS:
            self._begin(tag, given.get("value") or "")
        elif tag in {"strong", "b"}:
            self.bold += 1
        elif tag in {"td", "th"}:
            self.words.append((" | " if self._has_words else "", True))
        elif tag == "br":
            self.words.append((" ", True))

    def handle_endtag(self, tag: str) -> None:
        if tag in LISTS:
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag in BLOCKS:
            self.end_block()
        elif tag in {"strong", "b"}:
            self.bold = max(0, self.bold - 1)

    def handle_data(self, data: str) -> None:
        self.words.append((data, self.bold > 0))

    @property
    def _has_words(self) -> bool:
        return any(one.strip() for one, _ in self.words)

    def _begin(self, tag: str, value: str) -> None:
        if tag == "p" and not self._has_words and (self.label or self.bullet):
            return  # a paragraph inside an item of a list is that item
        self.end_block()
        self.heading = int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else 0
        if tag != "li" or not self.lists:
            return
        now = self.lists[-1]
        if now is None:
            self.bullet = len(self.lists)
        else:
            now = _number(value, otherwise=now)
            self.label, self.lists[-1] = f"{now}.", now + 1

    def end_block(self) -> None:
        """Write down what stood in the block that ends here."""
        if self._has_words:
            text = "".join(one for one, _ in self.words)
            strong = all(bold for one, bold in self.words if one.strip())
            self.read.add(
                text,
                label=self.label,
                heading=self.heading,
                bullet=self.bullet,
                strong=strong and not self.heading,
            )
            self.label, self.bullet = "", 0
        self.words, self.heading = [], 0


def _number(said: str, *, otherwise: int) -> int:
    """The number that an item of a list is given; not one of thousands of figures, or a small raised one."""
    return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else otherwise
