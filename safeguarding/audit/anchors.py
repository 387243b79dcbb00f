"""Holding an anchor against the record: five lines, or eight words, that somebody kept elsewhere."""

import re
from dataclasses import dataclass

from shamir_mnemonic.wordlist import WORDLIST

from safeguarding.audit import checkpoints, signing
from safeguarding.audit.checkpoints import HOW_MANY_WORDS, SIGNED
from safeguarding.audit.models import Checkpoint

FIVE_LINES = re.compile(
    r"^(hedgerow/[0-9a-f-]{36})\n(\d{1,9})\n([0-9a-f]{64})\n"
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n([0-9a-f]{128})$",
    re.MULTILINE | re.ASCII,
)

UNREADABLE = (
    "This cannot be read as an anchor. It should be the mail, or its five lines, unchanged."
)
FORGED = "This anchor was not signed by this record: it was forged, or the record began anew."
OF_ANOTHER = "This anchor is of another record, or this record began anew."
NOT_HELD = (
    "This record does not hold the point you have on paper. If it was written down rightly, an older "
    "copy of the record was put back, its end was cut off, or it was written anew."
)


@dataclass(frozen=True)
class Found:
    """The checkpoint an anchor stands for, or what is wrong."""

    checkpoint: Checkpoint | None = None
    wrong: str = ""


def look_at(text: str) -> Found:
    """Find the checkpoint that these five lines are. Two queries."""
    match = FIVE_LINES.search(_bare(text))
    if match is None:
        return Found(wrong=UNREADABLE)
    origin, keys = signing.known_keys()
    if match[1] != origin:
        return Found(wrong=OF_ANOTHER)
    said = SIGNED + "".join(f"{line}\n" for line in match.groups()[:4]).encode()
    if not any(signing.is_signed(said, match[5], key) for key in keys):
        return Found(wrong=FORGED)
    return _held(checkpoints.words_of(said, match[5]))


def _bare(text: str) -> str:
    """The lines without what a mail program puts around them: other line ends, spaces, signs of a quote."""
    return "\n".join(line.strip(" \t>\ufeff") for line in text.splitlines())


def look_at_words(text: str) -> Found:
    """Find the checkpoint that these eight words stand for. One query."""
    words = re.findall(r"[a-z]+", text.lower())
    if len(words) != HOW_MANY_WORDS:
        return Found(wrong=f"There should be eight words; these are {len(words)}.")
    if strange := [word for word in words if word not in _KNOWN]:
        return Found(wrong=f"No sheet has the word “{strange[0]}”. Look at it again.")
    return _held(" ".join(words))


def _held(words: str) -> Found:
    one = Checkpoint.objects.filter(words=words).first()
    return Found(one) if one else Found(wrong=NOT_HELD)


_KNOWN = frozenset(WORDLIST)
