"""Changes the key of a small installation, and dies where it is told to: data folder, place of death.

It opens the records as bin/run would: with the passphrase, and with the next key where there is one.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from foundation import changing, drop, durable, keys, slots

PASSPHRASE = "four wet donkeys whistle"  # noqa: S105  of an installation that lives a second
DATA = Path(sys.argv[1])
DIE = sys.argv[2]


def dying(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which dies before it does anything, or after it has."""

    def wrapped(*given: Any, **named: Any) -> Any:
        if f"before {name}" == DIE:
            os._exit(9)
        answer = function(*given, **named)
        if f"after {name}" == DIE:
            os._exit(9)
        return answer

    return wrapped


def seal_notes_anew(_old: bytes, new: bytes) -> None:
    """A row that says which key it is sealed with."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE note SET sealed_with = %s", [new.hex()])


def main() -> None:
    found = slots.read(DATA)
    opened = slots.open_with_passphrase(found, found.slots[0].id, PASSPHRASE)
    key = keys.derive(opened.key, "database").hex()
    place = str(DATA / "hedgerow.db")
    database = {"ENGINE": "foundation.sqlcipher", "NAME": place, "OPTIONS": {"key": key}}
    settings.configure(DATABASES={"default": database}, DATA=DATA)
    changing.seals(dying("sealing anew", seal_notes_anew))
    durable.flush = dying("flushing the copy", durable.flush)
    durable.flush_folder = dying("flushing the folder", durable.flush_folder)
    drop.change_key = dying("the drop", drop.change_key)
    slots.save = dying("the slots", slots.save)
    changing._in_copy = dying("the copy", changing._in_copy)
    changing.change_key(DATA, opened.key, opened.next)


if __name__ == "__main__":
    main()
