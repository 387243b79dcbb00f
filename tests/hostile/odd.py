"""Drawing what is odd: words, and good bytes that were changed. The same lot gives the same."""

import random
from collections.abc import Sequence

from .inputs import WORDS

Lot = random.Random
SHORT = [one for one in WORDS if len(one) <= 400]
GLUE = ["", " ", "\n", "\t", ",", ";", ".", "/", "-", ":", "\r\n", "'", '"', "=", "(", "\u00a0"]
DIGITS = ["0", "1", "31", "007", "2026", "99999", "²", "٣", "-1", "1.5", "9" * 5000, "½", "1e9"]
CODES = (0x80, 0x2FF, 0x3000, 0x1F600, 0xD7FF, 0xE000, 0x10FFFF)


def words(lot: Lot, own: Sequence[str] = ()) -> str:
    """Up to six pieces: half of them such as the reader expects, the others such as nobody does."""
    pieces = [_piece(lot, own) for _ in range(lot.randrange(1, 7))]
    return lot.choice(GLUE).join(pieces)


def _piece(lot: Lot, own: Sequence[str]) -> str:
    chance = lot.random()
    if own and chance < 0.5:
        return lot.choice(own)
    if chance < 0.7:
        return lot.choice(SHORT)
    if chance < 0.8:
        return lot.choice(DIGITS)
    if chance < 0.98:
        return "".join(chr(lot.choice([lot.randrange(0x250), _far(lot)])) for _ in range(8))
    return lot.choice(WORDS)


def _far(lot: Lot) -> int:
    """A sign from anywhere that can be sent at all."""
    code = lot.choice(CODES) - lot.randrange(0x80)
    return 0xFFFD if 0xD800 <= code <= 0xDFFF else code


def pieced(lot: Lot, own: Sequence[str], most: int = 40) -> str:
    """Many lines, most of them such as the reader expects."""
    return "\n".join(
        lot.choice(own) if lot.random() < 0.8 else words(lot, own)
        for _ in range(lot.randrange(1, most))
    )


def changed(lot: Lot, content: bytes) -> bytes:
    """The same bytes with up to four things done to them."""
    kept = bytearray(content)
    for _ in range(lot.randrange(1, 5)):
        _change(lot, kept)
    return bytes(kept)


def _change(lot: Lot, kept: bytearray) -> None:
    at, other = lot.randrange(len(kept) + 1), lot.randrange(len(kept) + 1)
    first, last = sorted((at, other))
    what = lot.randrange(6)
    if what == 0 and kept:
        kept[at % len(kept)] ^= 1 << lot.randrange(8)
    elif what == 1:
        kept[at:at] = lot.choice(SHORT).encode()
    elif what == 2:
        del kept[first : min(last, first + 40)]
    elif what == 3:
        kept[at:at] = kept[first : min(last, first + 200)]
    elif what == 4:
        del kept[at:]
    else:
        kept[at : at + 4] = lot.choice([b"\0" * 4, b"\xff" * 4, b"9999", b'"]}>', b"\r\n\r\n"])
