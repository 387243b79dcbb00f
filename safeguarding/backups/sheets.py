"""The sheets that are printed once: two with a secret for two envelopes, one without for the wall."""

from pathlib import Path

import segno

from safeguarding.documents.typeset import pdf

from .recovery import Sheet

TEMPLATE = Path(__file__).parent / "papers" / "sheets.typ"
ENVELOPE_LEAD = (
    "Keep this in a closed, signed envelope, away from the computer. With it and a backup, "
    "everything can be got back. Whoever has both can read the records."
)
ENVELOPE_STEPS = [
    "Open the envelope only to restore, or to try it out each term. Write on it who opened it, and when.",
    "Follow the sheet that hangs on the wall, or docs/backups.md.",
    "When you are asked for the words, type them in their order, row by row, with spaces between. A "
    "word that is none is found at once.",
    "Put the sheet into a new envelope, sign it, and bring it back to where it was.",
]
WALL_LEAD = (
    "Everything is in the newest backup. You need that, one of the two sealed envelopes, and another "
    "computer. Allow an hour. You cannot break anything: nothing is ever written over."
)
WALL_STEPS = [
    "A child in danger, or a report that cannot wait? Do not wait for the computer. Ring 999, or the "
    "numbers you have. Write on paper: what was seen and heard, when, by whom. Enter it later.",
    "Leave the broken computer as it is. If it was stolen, tell whoever answers for data protection today.",
    "Fetch the stick with the backups, and one of the envelopes. The newest backup is the file with the "
    "latest date in its name, ending in .age.",
    "On the other computer, put the program Hedgerow there (whoever looks after the technical side has "
    "it). It needs Python 3.11 or newer, and the internet once.",
    "Open a terminal in its folder. Type: bin/run --restore, a space, and the place of the backup file or "
    "of its folder. (Windows: py bin\\run --restore …)",
    "Type the words from the sheet in the envelope, row by row. Wait until it says “Restored”.",
    "Open the address it shows. Were passphrases in use, it is locked: unlock it with one, or two people "
    "with their sheets. Then sign in as always.",
    "It refuses, or something looks wrong? It says why, and has changed nothing. Ring for help.",
]
WHO = [
    "Whoever looks after the technical side:",
    "Who has envelope 1:",
    "Who has envelope 2:",
    "Where the sticks are:",
    "Who answers for data protection:",
]


def secret_sheet(sheet: Sheet, number: int, printed_on: str) -> bytes:
    """One of the two for the envelopes."""
    return _printed(_secret(sheet, number, printed_on))


def wall_sheet(sheets: list[Sheet], printed_on: str) -> bytes:
    """The one for the wall. It says what to do, and gives nothing away."""
    return _printed(_wall(sheets, printed_on))


def printed(sheets: list[Sheet], kept_by: tuple[str, str], printed_on: str) -> bytes:
    """All three, a page each, with who keeps the two."""
    secret = [
        {**_secret(sheet, number, printed_on), "keeper": f"For: {keeper}"}
        for number, (sheet, keeper) in enumerate(zip(sheets, kept_by, strict=True), start=1)
    ]
    return _printed(*secret, _wall(sheets, printed_on))


def _secret(sheet: Sheet, number: int, printed_on: str) -> dict[str, object]:
    return {
        "title": f"Recovery sheet {number} of 2",
        "keeper": "",
        "lead": ENVELOPE_LEAD,
        "words": sheet.words,
        "secret": _in_groups(sheet.secret),
        "square": segno.make(sheet.secret, micro=False, error="q").svg_inline(border=0),
        "steps": ENVELOPE_STEPS,
        "lines": [],
        "foot": f"Sheet {sheet.name}, made on {printed_on}. This is the only copy. It opens every backup "
        "made since, alone.",
    }


def _wall(sheets: list[Sheet], printed_on: str) -> dict[str, object]:
    return {
        "title": "When the computer is gone",
        "keeper": "",
        "lead": WALL_LEAD,
        "words": [],
        "secret": "",
        "square": "",
        "steps": WALL_STEPS,
        "lines": WHO,
        "foot": f"Envelope 1 holds sheet {sheets[0].name}, envelope 2 sheet {sheets[1].name}. "
        f"Printed on {printed_on}. Try this out each term.",
    }


def _in_groups(secret: str) -> str:
    """The secret with spaces, so that it can be read and breaks where it may. Spaces are not typed."""
    begins, rest = secret[:16], secret[16:]
    return " ".join([begins, *(rest[place : place + 6] for place in range(0, len(rest), 6))])


def _printed(*pages: dict[str, object]) -> bytes:
    return pdf(TEMPLATE, {"pages": pages})
