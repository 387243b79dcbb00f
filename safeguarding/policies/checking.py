"""A draft as it is looked at: each clause beside the lines of the source it came from, with its slips."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from foundation.errors import RuleBroken
from safeguarding.people.pages import PAGE

from .importing.clauses import Piece
from .importing.slips import Slip, slips
from .models import Draft


@dataclass
class Row:
    """One clause, its place, what the source says there, and what to look at."""

    place: int
    piece: Piece
    source: list[str]
    slips: list[Slip] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What the file says there."""
        return "\n".join(self.source)

    @property
    def name(self) -> str:
        """How it is called in a sentence."""
        return f"clause {self.piece.number}" if self.piece.number else f"part {self.place + 1}"


@dataclass(frozen=True)
class ListedSlip:
    slip: Slip
    page: int


@dataclass
class Checked:
    """Everything the check page shows. `number` is the state that was looked at."""

    draft: Draft
    number: int
    pieces: list[Piece]

    @classmethod
    def of(cls, draft: Draft) -> "Checked":
        newest = draft.states.order_by("-number").first()
        if newest is None:
            raise RuleBroken("This is saved or thrown away already. Look at the policies.")
        return cls(draft, newest.number, [Piece(**one) for one in newest.pieces])

    @cached_property
    def slips(self) -> list[Slip]:
        return slips(self.pieces)

    @property
    def listed(self) -> list[ListedSlip]:
        """Every slip with the page on which its clause stands."""
        return [ListedSlip(one, one.place // PAGE + 1) for one in self.slips]

    @cached_property
    def rows(self) -> list[Row]:
        rows = [Row(n, piece, []) for n, piece in enumerate(self.pieces)]
        _share_out(rows, self.draft.source)
        for slip in self.slips:
            rows[slip.place].slips.append(slip)
        return rows


def _share_out(rows: Sequence[Row], source: Sequence[str]) -> None:
    """To each clause the lines from where it begins to where the next begins; the first has all before it."""
    begins = [row for row in rows if row.piece.at is not None]
    starts = [row.piece.at or 0 for row in begins]
    for row, start, end in zip(begins, [0, *starts[1:]], [*starts[1:], len(source)], strict=True):
        row.source = [line for line in source[start:end] if line.strip()]
