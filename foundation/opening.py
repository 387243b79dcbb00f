"""Where a process finds the key: it was given it, or there is a key file, or somebody types a passphrase."""

import getpass
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from foundation import keys, slots

# What bin/manage lends to a command that needs no records, where there is no key file.
OPENS_NOTHING = Path(__file__).parent.parent / "tests" / "hedgerow.key"
LOCKED = (
    "Hedgerow is locked here: {data} has passphrases and no key file. Start it with bin/run and unlock "
    "it in the browser, or run this command in a window where a passphrase can be typed."
)
CUT_OFF = (
    "A change of the key was begun and cut off, so nothing is opened here before it came to its end. Nothing "
    "was changed. Start Hedgerow with bin/run and unlock it in the browser: it goes on by itself."
)


def key_of(data: Path, named: str | None) -> bytes:
    """The key of this installation. `named` is the key file that the environment names."""
    if (given := keys.given()) is not None:
        return given
    path = Path(named) if named else data / "hedgerow.key"
    if path.exists() or not slots.exist(data):
        return keys.read(path)
    if not sys.stdin.isatty():
        raise ImproperlyConfigured(LOCKED.format(data=data))
    opened = _typed(data)
    if opened.next:  # which of the two the records have is for bin/run to find out
        raise ImproperlyConfigured(CUT_OFF)
    keys.hold(opened.key)
    return opened.key


def kept(data: Path, key: bytes, name: str) -> bytes | None:
    """A secret that outlived a change of the key. The key that opens nothing finds none."""
    return all_kept(data, key).get(name)


def all_kept(data: Path, key: bytes) -> dict[str, bytes]:
    """Every secret that outlives a change of the key, by its name."""
    if not slots.exist(data) or _is_lent(key):
        return {}
    try:
        return slots.kept_of(slots.read(data), key)
    except slots.NotOpened as not_opened:
        raise ImproperlyConfigured(str(not_opened)) from None


def _is_lent(key: bytes) -> bool:
    return OPENS_NOTHING.is_file() and key == keys.read(OPENS_NOTHING)


def _typed(data: Path) -> slots.Opened:
    try:
        found = slots.read(data)
        names = ", ".join(one.holder for one in found.slots)
        passphrase = getpass.getpass(f"Passphrase of one of {names}: ")
        for slot in found.slots:
            try:
                return slots.open_with_passphrase(found, slot.id, passphrase)
            except slots.NotOpened as wrong:
                why = str(wrong)
    except slots.NotOpened as not_opened:
        why = str(not_opened)
    raise ImproperlyConfigured(why)
