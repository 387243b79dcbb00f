"""What looks wrong in the clauses that were found, each in a plain sentence. Nothing here decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clauses import Number, Piece, say

BEGINS_WITH_ING = re.compile(r"^(?:\w+ly\s+)?[A-Za-z]{2,}ing\b")
NOT_A_DOING = {
    "during",
    "nothing",
    "anything",
    "everything",
    "something",
    "according",
    "thing",
    "string",
}
MOST_LISTED = 6


@dataclass(frozen=True)
class Slip:
    """One thing to look at: the place of its clause, what kind it is, and the sentence."""

    place: int
    kind: str
    what: str


def slips(pieces: Sequence[Piece]) -> list[Slip]:
    """Everything to look at, in the order of the clauses."""
    every = [*_numbers(pieces), *_clauses(pieces), *_ours(pieces)]
    return sorted(every, key=lambda one: one.place)


def _numbers(pieces: Sequence[Piece]) -> Iterator[Slip]:
    """Jumps, beginnings, doubles and steps back among the numbers that the file prints."""
    first_at: dict[Number, int] = {}
    before: Number = ()
    for place, piece in enumerate(pieces):
        number = piece.parts
        if not number or piece.is_ours:
            continue
        if number in first_at:
            yield Slip(
                place,
                "double",
                f"{piece.number} stands here twice. Give one of them another number.",
            )
        elif before and number < before:
            text = f"{piece.number} comes after {say(before)}. The numbers go backwards here."
            yield Slip(place, "back", text)
        else:
            yield from _gap(place, number, before, first_at)
        first_at.setdefault(number, place)
        before = number


def _gap(place: int, number: Number, before: Number, known: dict[Number, int]) -> Iterator[Slip]:
    missing = _missing(number, known)
    if not missing:
        return
    parent, listed = say(number[:-1]), _listed(missing)
    siblings = [one for one in known if one[:-1] == number[:-1]]
    if not siblings and number[:-1] in {(), *known}:
        where = f"Section {parent}" if parent else "The policy"
        yield Slip(place, "first", f"{where} begins with {say(number)}. {listed} not here.")
    else:
        text = f"The numbers jump from {say(before)} to {say(number)}. {listed} not here."
        yield Slip(place, "jump", text)


def _missing(number: Number, known: dict[Number, int]) -> list[Number]:
    """What would have to stand before this number and does not. Of what is skipped, only the beginnings."""
    missing: list[Number] = []
    for depth in range(1, len(number) + 1):
        under, reached = number[: depth - 1], number[depth - 1]
        there = [one[depth - 1] for one in known if len(one) >= depth and one[: depth - 1] == under]
        begin = max(there, default=0) + 1
        last = reached if depth == len(number) else reached + 1
        missing += [(*under, n) for n in range(begin, last) if (*under, n) not in known]
    return missing


def _listed(missing: Sequence[Number]) -> str:
    names = [say(one) for one in missing[:MOST_LISTED]]
    more = len(missing) - len(names)
    if more:
        names.append(f"{more} more")
    both = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{both} {'is' if len(missing) == 1 else 'are'}"


def _clauses(pieces: Sequence[Piece]) -> Iterator[Slip]:
    """What is wrong with one clause by itself, or beside the one before."""
    for place, piece in enumerate(pieces):
        if piece.tight:
            text = f"In the file there is no space after {piece.number}. We read it as the number."
            yield Slip(place, "tight", text)
        found = _of_one(piece, pieces[place - 1] if place else None)
        if found:
            yield Slip(place, *found)


def _of_one(piece: Piece, before: Piece | None) -> tuple[str, str] | None:
    """A clause without words, one without a number, or a fragment: what kind, and the sentence."""
    if piece.number and not piece.heading and not piece.text.strip():
        return "empty", f"{piece.number} has no words."
    if not piece.number and piece.heading:
        return "unnumbered", f"“{piece.heading[:60]}” has no number. It may stay so."
    if not piece.number:
        return (
            "unnumbered",
            "This paragraph has no number. Join it with the clause above, or leave it.",
        )
    if _is_fragment(piece, before):
        said = f"{piece.number} is not a whole sentence. It may belong to the list or clause before it."
        return "fragment", said
    return None


def _is_fragment(piece: Piece, before: Piece | None) -> bool:
    """A small letter at its beginning, a comma at its end, or an item that fell out of the list before."""
    text = piece.text.split("\n", 1)[0].strip()
    if not text or piece.heading:
        return False
    if text[0].islower() and (not piece.is_ours or _is_large(before, piece)):
        return True
    return piece.text.rstrip().endswith(",") or (before is not None and _fell_out(text, before))


def _is_large(before: Piece | None, piece: Piece) -> bool:
    """Whether the clause before, of the same list, begins with a large letter."""
    return before is not None and before.level == piece.level and before.text[:1].isupper()


def _begins(text: str) -> bool:
    found = BEGINS_WITH_ING.match(text)
    return found is not None and found[0].lower() not in NOT_A_DOING


def _fell_out(text: str, before: Piece) -> bool:
    """Whether it begins as most items of the list do that ends the clause before."""
    lines = [line.strip() for line in before.text.split("\n")]
    items = [line[1:].strip() for line in lines if line.startswith("•")]
    alike = sum(_begins(one) for one in items) * 2 >= len(items) > 1
    return alike and _begins(text)


def _ours(pieces: Sequence[Piece]) -> Iterator[Slip]:
    """One sentence for each section whose clauses had no number."""
    counted: dict[int, int] = {}
    first: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        if piece.is_ours and piece.parts:
            section = piece.parts[0]
            counted[section] = counted.get(section, 0) + 1
            first.setdefault(section, place)
    for section, place in first.items():
        many = counted[section]
        what = "The clause" if many == 1 else f"The {many} clauses"
        yield Slip(
            place,
            "ours",
            f"{what} of section {section} that had no number got one from us. They are marked.",
        )
