"""Readers of what an installation keeps: copies of the trail, anchors, keys, shares, files beside it.

What is sealed has chance of its own in it: there, a seed changes the same places of other bytes.
"""

import json
import tempfile
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from foundation import drop, keys, sealed, sheets, slots
from safeguarding.audit import anchors
from safeguarding.audit.tests.verifiers import other
from safeguarding.backups import manifest, mark, recovery
from safeguarding.lock import around, drops
from tests.architecture.source import ROOT

from .odd import Lot, changed, words
from .readers import Reader

KEY = b"a key of thirty-two bytes, fixed"
KNOWN = ROOT / "safeguarding" / "audit" / "tests" / "known"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
RIGHT = 0.05  # of what is fed is as it should be


# --- The trail ------------------------------------------------------------------------------------


def a_copy_of_the_trail(lot: Lot) -> None:
    """Changed anywhere it is refused; also where its last line was made to fit again."""
    whole = (KNOWN / "trail.txt").read_bytes()
    copy = changed(lot, whole) if lot.random() > RIGHT else whole
    if copy != whole and lot.random() < 0.3:
        copy = _fitting(changed(lot, whole[: whole.rindex(b"digest ")]))
    other.examine(BytesIO(copy), [])
    assert copy == whole, "a copy that was changed is taken for whole"


def _fitting(said: bytes) -> bytes:
    said = said if said.endswith(b"\n") else said + b"\n"
    return said + f"digest {sha256(said).hexdigest()}\n".encode()


def an_anchor(lot: Lot) -> None:
    """Five lines, or eight words; only such as were never made here."""
    lines = [
        f"hedgerow/{UUID(int=5)}",
        "2",
        "ab" * 32,
        "2026-11-21T09:00:00Z",
        "cd" * 64,
        "academic acid",
    ]
    text = "\n".join(lot.choice(lines) if lot.random() < 0.1 else one for one in lines[:5])
    typed = text if lot.random() < 0.02 else changed(lot, text.encode()).decode("utf-8", "replace")
    assert anchors.look_at(typed).wrong
    assert anchors.look_at_words(words(lot, ["academic", "acid", "acne", "zero"])).wrong


# --- Keys and shares ------------------------------------------------------------------------------
PAIR = sealed.new_identity()
OTHERS = sealed.new_identity()


@cache
def _with_sheets() -> tuple[slots.Slots, list[str]]:
    return slots.with_sheets(slots.Slots(), KEY, ["Morgan", "Ruth"])


def _sheets() -> list[str]:
    return _with_sheets()[1]


def a_sealed_text(lot: Lot) -> None:
    content = sealed.seal(b"words", [PAIR.public])
    broken = changed(lot, content) if lot.random() > RIGHT else content
    opened = sealed.unseal(broken, lot.choice([PAIR, OTHERS]).secret)
    assert broken == content or opened == b"words"


def a_key(lot: Lot) -> None:
    text = lot.choice([PAIR.public, PAIR.secret, "age1x"])
    if lot.random() > RIGHT:
        text = changed(lot, text.encode()).decode("utf-8", "replace")
    if sealed.is_key(text):
        assert sealed.seal(b"words", [text])
    sealed.public_of(text)


def a_share(lot: Lot) -> None:
    """Words of two sheets, typed with a mistake on each: never another secret."""
    typed = []
    for one in lot.choice([[0, 1], [1, 2], [0, 0]]):
        said = _sheets()[one].split()
        said[lot.randrange(len(said))] = lot.choice(["academic", "acid", words(lot, said)])
        typed.append(lot.choice([" ", "\n", "  "]).join(said).upper())
    secret = sheets.secret_of(typed)
    assert secret == sheets.secret_of(_sheets()[:2]), "a mistake on a sheet was not seen"


def a_line_of_a_sheet(lot: Lot) -> None:
    text = words(lot, ["AGE-SECRET-KEY-1", "academic acid", PAIR.secret, _sheets()[0][:40]])
    assert recovery.secret_from(text) == PAIR.secret


# --- Files beside the database --------------------------------------------------------------------


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="hedgerow-fuzz-"))


@cache
def _files() -> dict[str, bytes]:
    """What an installation keeps there, as it was written."""
    folder = _folder()
    drop.make_ready(folder, KEY)
    mark.keep(folder, KEY, {str(UUID(int=1)): (3, "ab" * 32)}, NOW)
    slots.save(folder, _with_sheets()[0], KEY)
    around.write(folder, around.Around())
    keys.make(folder / "hedgerow.key")
    inside = folder.rglob("*")
    return {str(one.relative_to(folder)): one.read_bytes() for one in inside if one.is_file()}


def a_file_beside_the_database(lot: Lot) -> None:
    """Each of them is read as it is at a start: damaged, it is refused by name, or is as good as none."""
    files, folder = _files(), _folder()
    name = lot.choice([*files])
    (folder / name).write_bytes(changed(lot, files[name]))
    try:
        around.read(folder)
        mark.read(folder, KEY)
        drop.recipients(folder)
        keys.read(folder / "hedgerow.key")
        drop.identities(folder, KEY)
        slots.open_with_sheets(slots.read(folder), _sheets()[:2])
    finally:
        (folder / name).write_bytes(files[name])


def a_form_from_the_drop(lot: Lot) -> None:
    sent = {"key": str(UUID(int=7)), "form": "report", "setting": "x", "filed_at": NOW.isoformat()}
    sent |= {"fields": {"heard": ["words"]}, "may_be_abuse": False, "id": "x"}  # type: ignore[dict-item]
    drops.read(changed(lot, json.dumps(sent).encode()))


def a_label_of_a_backup(lot: Lot) -> None:
    """Whatever it says, only ours is believed."""
    label = manifest.Label("a", NOW.isoformat(), "1", 5, "ab", "cd", ["s"]).signed(KEY)
    content = changed(lot, label.written())
    read = manifest.Label.read(content)
    assert not read.is_signed(KEY) or read == label


CLOSED = (sealed.CannotOpen, slots.NotOpened, ImproperlyConfigured, ValueError)
READERS = {
    "a copy of the trail": Reader(a_copy_of_the_trail, 12, (other.Bad,)),
    "an anchor": Reader(an_anchor, 10),
    "a sealed text": Reader(a_sealed_text, 6, (sealed.CannotOpen,)),
    "a key": Reader(a_key, 12, (sealed.CannotOpen,)),
    "a share": Reader(a_share, 10, (sheets.WrongSheet,)),
    "a line of a sheet": Reader(a_line_of_a_sheet, 6, (recovery.NotASecret,)),
    "a file beside the database": Reader(a_file_beside_the_database, 8, CLOSED),
    "a form from the drop": Reader(a_form_from_the_drop, 10, (ValueError,)),
    "a label of a backup": Reader(a_label_of_a_backup, 8, (ValueError, TypeError)),
}
