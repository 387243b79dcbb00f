"""Reads Markdown, and plain text, which is read as Markdown without any marks."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .lines import Line, Read

# Some converters leave the end of a bold number behind: "- 1.1** The policy…"
LEFT_BEHIND = re.compile(r"(?<=\d)\*{1,3}(?=\s|$)|\*{2,3}")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
BULLET = re.compile(r"^(\s*)[•◦▪‣·○●■–*-]\s+(.*)$")
HAS_MARKS = re.compile(r"^\s{0,3}#{1,6}\s|\*\*\S|^\s{0,3}[-*+]\s|\]\(", re.MULTILINE)


def read_markdown(text: str) -> Read:
    """Paragraphs, headings and lists, each with the lines of the file it stands on."""
    source = text.split("\n")
    walk = _Walk(Read([line.rstrip() for line in source]))
    walk.through(MarkdownIt("commonmark", {"html": False}).enable("table").parse(text))
    return walk.read


def read_text(text: str) -> Read:
    """Paragraphs parted by empty lines, numbers or bullets. With Markdown's marks in it: as Markdown."""
    if HAS_MARKS.search(text):
        return read_markdown(text)
    read = Read([line.rstrip() for line in text.split("\n")])
    open_at: list[int] = []
    for at, line in enumerate(read.source):
        if not line.strip() or begins_anew(line, after=read.source[at - 1] if open_at else ""):
            _close(read, open_at)
        if line.strip():
            open_at.append(at)
    _close(read, open_at)
    return read


NUMBER = re.compile(
    r"^\s*(\d{1,3}(\.\d{1,3})*[.)]?|\([a-z]{1,4}\)|[A-Z]\.)\s*(?=[^\W\d_]|[“\"'‘(])"  # noqa: RUF001
)


def begins_anew(line: str, after: str) -> bool:
    """Whether a line begins a paragraph: a number, a bullet, or what follows a short line without an end."""
    if BULLET.match(line) or (NUMBER.match(line) and _may_be_number(line, after)):
        return True
    ended = after.rstrip()
    is_heading = 0 < len(ended) < 60 and ended[-1] not in ",;-–" and bool(NUMBER.match(ended))
    return bool(is_heading and line.strip()[:1].isupper() and ended[-1] not in ".:")


def _may_be_number(line: str, after: str) -> bool:
    """A line that begins with "5 days" goes on with the one before; "5. Days" and "5.1 Days" do not."""
    number = line.split()[0]
    return "." in number or ")" in number or (not after.strip() or line.strip()[-1:].isalpha())


def _close(read: Read, open_at: list[int]) -> None:
    if not open_at:
        return
    first, text = open_at[0], " ".join(read.source[at].strip() for at in open_at)
    found = BULLET.match(read.source[first])
    depth = 0
    if found:
        depth = 2 if len(found[1].expandtabs(4)) >= 4 else 1
        text = text.strip()[1:].strip()
    read.lines.append(Line(" ".join(text.split()), first, bullet=depth))
    open_at.clear()


class _Walk:
    """Goes through Markdown's tokens, knowing how deep in lists it is."""

    def __init__(self, read: Read) -> None:
        self.read, self.depth, self.label, self.is_first, self.heading = read, 0, "", False, 0

    def through(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                self.depth += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                self.depth -= 1
            elif token.type in {"inline", "fence", "code_block"}:
                self._line(token)
            else:
                self._around(token)

    def _around(self, token: Token) -> None:
        """What says of the next line that it is an item or a heading."""
        if token.type == "list_item_open":
            self.label = f"{token.info}{token.markup}" if token.info else ""
            self.is_first = True
        elif token.type == "heading_open":
            self.heading = int(token.tag[1])
        elif token.type == "heading_close":
            self.heading = 0

    def _line(self, token: Token) -> None:
        text = _plain(token)
        if not text:
            return
        is_item = self.depth > 0 and self.is_first
        self.read.lines.append(
            Line(
                text,
                (token.map or [0])[0],
                label=self.label if is_item else "",
                heading=self.heading,
                bullet=self.depth if is_item and not self.label else 0,
                strong=_is_strong(token),
            )
        )
        self.label, self.is_first = "", False


def _plain(token: Token) -> str:
    children = token.children or []
    if not children:
        words = token.content
    else:
        words = "".join(
            "\n" if one.type in {"softbreak", "hardbreak"} else one.content
            for one in children
            if one.type in {"text", "code_inline", "softbreak", "hardbreak"}
        )
    words = LINK.sub(r"\1", LEFT_BEHIND.sub("", words))
    return " ".join(words.split())


def _is_strong(token: Token) -> bool:
    """Whether every word of it is in bold."""
    inside, found = 0, False
    for one in token.children or []:
        inside += {"strong_open": 1, "strong_close": -1}.get(one.type, 0)
        if one.type == "text" and one.content.strip():
            if not inside:
                return False
            found = True
    return found
