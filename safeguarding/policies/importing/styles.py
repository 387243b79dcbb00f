"""The styles of a Word document: which is based on which, and what that says of headings and numbers."""

import re
from typing import Any

from .ooxml import attribute, named

HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)
NO_CLAUSE = re.compile(r"^(?:toc (?:\d|heading)|hedgerow cover)$", re.IGNORECASE)
LISTED = re.compile(r"^list (?:bullet|number|continue) (\d)$", re.IGNORECASE)
DEEPEST_BASE = 30  # a style based on itself, by way of others, ends here


class Styles:
    """Looks a style up, with what it inherits."""

    def __init__(self, root: Any) -> None:
        self.by_id: dict[str, Any] = {}
        self.default = ""
        for style in [] if root is None else root.findall(named("style")):
            name = attribute(style, "styleId")
            self.by_id[name] = style
            is_paragraph = attribute(style, "type") == "paragraph"
            if is_paragraph and attribute(style, "default") in {"1", "true"}:
                self.default = name

    def of(self, paragraph: Any) -> str:
        """The id of a paragraph's style."""
        found = paragraph.find(f"{named('pPr')}/{named('pStyle')}")
        return attribute(found, "val") if found is not None else self.default

    def is_no_clause(self, style: str) -> bool:
        """Whether it is for a line of the contents list, or for the cover of a document of ours."""
        name = self.by_id[style].find(named("name")) if style in self.by_id else None
        return name is not None and bool(NO_CLAUSE.match(attribute(name, "val")))

    def chain(self, style: str) -> list[tuple[str, Any]]:
        """The style, what it is based on, and so on."""
        chain: list[tuple[str, Any]] = []
        while style in self.by_id and len(chain) < DEEPEST_BASE:
            found = self.by_id[style]
            chain.append((style, found))
            base = found.find(named("basedOn"))
            style = "" if base is None else attribute(base, "val")
        return chain

    def outline(self, paragraph: Any, style: str) -> int:
        """How deep a heading it is; 0 for none. The title counts as the first."""
        own = paragraph.find(f"{named('pPr')}/{named('outlineLvl')}")
        if own is not None:
            return _depth(attribute(own, "val"))
        for _, found in self.chain(style):
            name = found.find(named("name"))
            said = "" if name is None else attribute(name, "val")
            heading = HEADING.match(said)
            if heading or said.lower() == "title":
                return int(heading[1]) if heading else 1
            level = found.find(f"{named('pPr')}/{named('outlineLvl')}")
            if level is not None:
                return _depth(attribute(level, "val"))
        return 0

    def deep(self, style: str, level: int) -> int:
        """How deep an item of a list stands: “List Bullet 2” is the second, whatever its level says."""
        for _, found in self.chain(style):
            name = found.find(named("name"))
            listed = LISTED.match("" if name is None else attribute(name, "val"))
            if listed:
                return max(int(listed[1]), level + 1)
        return level + 1


def _depth(value: str) -> int:
    """Word counts from 0, and says 9 for what is no heading."""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0
