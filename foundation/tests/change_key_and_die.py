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


def dying(name: str, function: Callable[..., Any], death: str) -> Callable[..., Any]:
    """The same function, which dies before it does anything, or after it has."""

    def wrapped(*given: Any, **named: Any) -> Any:
        if death == f"before {name}":
            os._exit(9)
        answer = function(*given, **named)
        if death == f"after {name}":
            os._exit(9)
        return answer

    return wrapped


def seal_notes_anew(_old: bytes, new: bytes) -> None:
    """A row that says which key it is sealed with."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE note SET sealed_with = %s", [new.hex()])


def main(data: Path, death: str) -> None:
    found = slots.read(data)
    opened = slots.open_with_passphrase(found, found.slots[0].id, PASSPHRASE)
    key = keys.derive(opened.key, "database").hex()
    place = str(data / "hedgerow.db")
    database = {"ENGINE": "foundation.sqlcipher", "NAME": place, "OPTIONS": {"key": key}}
    settings.configure(DATABASES={"default": database}, DATA=data)
    changing.seals(dying("sealing anew", seal_notes_anew, death))
    durable.flush = dying("flushing the copy", durable.flush, death)
    durable.flush_folder = dying("flushing the folder", durable.flush_folder, death)
    drop.change_key = dying("the drop", drop.change_key, death)
    slots.save = dying("the slots", slots.save, death)
    changing._in_copy = dying("the copy", changing._in_copy, death)
    changing.change_key(data, opened.key, opened.next)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
