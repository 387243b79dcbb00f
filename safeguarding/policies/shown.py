"""How a version is laid out: its contents, its clauses with their anchors, and what is said beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .builder.papers.content import blocks_of
from .models import Clause
from .naming import Names
from .references import Citation, cited_in

MOST_LEVEL = 6


@dataclass(frozen=True)
class Block:
    """A paragraph, or the items of a list."""

    lines: list[SafeString]
    is_list: bool


@dataclass
class ShownClause:
    """One clause as it stands on a page."""

    clause: Clause
    anchor: str
    heading_level: int
    blocks: list[Block] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)


@dataclass(frozen=True)
class ShownVersion:
    """A whole version."""

    clauses: list[ShownClause]
    missing: list[str]  # policies that it names and the library has not

    @property
    def contents(self) -> list[ShownClause]:
        """Sections and what stands right below them."""
        return [one for one in self.clauses if one.clause.heading and one.clause.level <= 2]

    @property
    def cited(self) -> list[tuple[Citation, list[ShownClause]]]:
        """Each piece of guidance it names, with the clauses that do; what needs a look first."""
        by_key: dict[tuple[str, str], tuple[Citation, list[ShownClause]]] = {}
        for shown in self.clauses:
            for one in shown.citations:
                by_key.setdefault(one.key, (one, []))[1].append(shown)
        return sorted(by_key.values(), key=lambda pair: (not pair[0].needs_a_look, pair[0].said))


def laid_out(clauses: Iterable[Clause], names: Names) -> ShownVersion:
    """The clauses of a version with links to other policies and with what they cite."""
    missing: dict[str, None] = {}
    shown = []
    taken: set[str] = set()
    for clause in clauses:
        one = ShownClause(clause, _anchor(clause, taken), min(clause.level + 1, MOST_LEVEL))
        one.blocks = _blocks(clause.text, names, missing)
        one.citations = cited_in(f"{clause.heading}\n{clause.text}")
        shown.append(one)
    return ShownVersion(shown, sorted(missing))


def _anchor(clause: Clause, taken: set[str]) -> str:
    """By its number, so that a link stays right in the next version; by its place where it has none."""
    anchor = f"clause-{clause.number}" if clause.number else f"part-{clause.position + 1}"
    if anchor in taken:
        anchor = f"part-{clause.position + 1}"
    taken.add(anchor)
    return anchor


def _blocks(text: str, names: Names, missing: dict[str, None]) -> list[Block]:
    return [
        Block(
            [_linked(words, names, missing) for words in block["points"] or [block["words"]]],
            bool(block["points"]),
        )
        for block in blocks_of(text)
    ]


def _linked(words: str, names: Names, missing: dict[str, None]) -> SafeString:
    """The words, with each policy they name as a link; one that is not here is marked."""
    parts: list[SafeString] = []
    reached = 0
    for start, end, name in names.found_in(words):
        parts.append(conditional_escape(words[reached:start]))
        said = words[start:end]
        if name.href:
            parts.append(format_html('<a class="govuk-link" href="{}">{}</a>', name.href, said))
        elif name.is_this:
            parts.append(conditional_escape(said))
        else:
            missing[name.title] = None
            note = '{} <span class="hr-policy-missing">(not in the library yet)</span>'
            parts.append(format_html(note, said))
        reached = end
    parts.append(conditional_escape(words[reached:]))
    return _together(parts)


def _together(parts: Sequence[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  each part was escaped above
