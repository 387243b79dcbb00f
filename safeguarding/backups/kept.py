"""What somebody kept elsewhere of how far the record had come: an anchor, or the ends of chains."""

import json
from pathlib import Path

from .checking import NOTHING, NotGood
from .manifest import Heads

UNREADABLE = (
    "The anchor {file} cannot be read, so the backup was not held against it. It should be the mail with "
    f"the five lines, or the file that was saved. {NOTHING}"
)


def read(anchor: Path) -> Heads | str:
    """The ends of chains, or else the text in which the five lines stand. Raises NotGood."""
    try:
        text = anchor.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        raise NotGood("anchor", UNREADABLE.format(file=anchor)) from None
    try:
        ends = json.loads(text)
        return {str(setting): (int(seq), str(link)) for setting, (seq, link) in ends.items()}
    except (ValueError, TypeError, AttributeError):
        return text


def refuse_unless_held(text: str, anchor: Path) -> None:
    """The record that the models read now holds the point of these five lines. Needs the models."""
    from safeguarding.audit import anchors

    found = anchors.look_at(text)
    if found.wrong == anchors.UNREADABLE:
        raise NotGood("anchor", UNREADABLE.format(file=anchor))
    if found.checkpoint is None:
        raise NotGood("older", f"{found.wrong} {NOTHING}")
