"""What every reader gives: the lines of a policy, with what the file says of each. Knows no Django."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """A paragraph. `label` is the number a list gives it; `at` is its first line in the source."""

    text: str
    at: int
    label: str = ""
    heading: int = 0  # how deep: 1 is the title or a section; 0 is no heading
    bullet: int = 0  # how deep: 1 is an item of a list; 0 is none
    strong: bool = False  # all of it in bold, as a heading without a style often is


@dataclass
class Read:
    """A file, read: its lines as they are shown beside the clauses, and its paragraphs."""

    source: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def add(self, text: str, **more: Any) -> None:
        """A paragraph that is one line of the source as well, with its label or bullet before it."""
        text = " ".join(text.split())
        if not text:
            return
        line = Line(text, len(self.source), **more)
        before = (
            f"{line.label} "
            if line.label
            else ("  " * (line.bullet - 1) + "• ") * bool(line.bullet)
        )
        self.source.append(before + text)
        self.lines.append(line)

    def as_json(self) -> dict[str, Any]:
        return {"source": self.source, "lines": [asdict(one) for one in self.lines]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Read":
        return cls([str(one) for one in data["source"]], [Line(**one) for one in data["lines"]])
