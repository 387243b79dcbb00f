"""Putting the found clauses right: join, split, change, leave out. Each gives a new list."""

import re
from collections.abc import Sequence
from dataclasses import replace

from foundation.errors import RuleBroken

from .clauses import Piece, parts_of
from .sentences import sentences_of, together

NUMBER = re.compile(r"^[0-9A-Za-z]{1,4}(\.[0-9A-Za-z]{1,4}){0,6}$")
MOVED = (
    "The clauses have changed since you opened this page. Nothing was changed. Look at them again."
)


def join(pieces: Sequence[Piece], place: int) -> list[Piece]:
    """Put a clause's words at the end of the clause before it."""
    if place == 0:
        raise RuleBroken("This is the first clause. There is none before it.")
    before, piece = pieces[place - 1], pieces[place]
    added = "\n".join(one for one in (piece.heading, piece.text) if one)
    text = f"{before.text}\n{added}" if before.text else added
    return [*pieces[: place - 1], replace(before, text=text), *pieces[place + 1 :]]


def split(pieces: Sequence[Piece], place: int, after: int, number: str) -> list[Piece]:
    """Let a new clause begin with the sentence that comes after so many."""
    _refuse_odd(number)
    piece = pieces[place]
    sentences = sentences_of(piece.text)
    if not 0 < after < len(sentences):
        raise RuleBroken("Choose the line with which the new clause begins.")
    first = replace(piece, text=together(sentences[:after]))
    rest = together(sentences[after:]).lstrip().removeprefix("•").strip()
    new = Piece(number, "", rest, len(parts_of(number)) or piece.level)
    return [*pieces[:place], first, new, *pieces[place + 1 :]]


def change(pieces: Sequence[Piece], place: int, to: Piece) -> list[Piece]:
    """Another number, heading, level or text."""
    _refuse_odd(to.number)
    if not (to.heading or to.text):
        raise RuleBroken("A clause needs a heading or some words. To take it away, leave it out.")
    was = pieces[place]
    to = replace(to, at=was.at, is_ours=was.is_ours and to.number == was.number)
    return [*pieces[:place], to, *pieces[place + 1 :]]


def leave_out(pieces: Sequence[Piece], place: int) -> list[Piece]:
    """Take a clause away: a line that is no part of the policy."""
    return [*pieces[:place], *pieces[place + 1 :]]


def _refuse_odd(number: str) -> None:
    if number and not NUMBER.match(number):
        raise RuleBroken("A number looks like 7, 7.3 or 7.3.2.")
