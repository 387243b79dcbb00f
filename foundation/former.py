"""Keys that this installation had before. What is still under one of them is read with it.

Whoever runs it names their files in the environment. A backup brings them along, since nothing else would be
left on a blank computer: restored, they lie in a file beside the key file, or among the slots where somebody
has to unlock.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from foundation import durable, keys, opening, slots

FILE = "former-keys"
KEPT = "former key "  # how their names begin among what the slots keep
TEXT, TRAIL = "HEDGEROW_OLD_KEYS", "HEDGEROW_KEYS_BEFORE"

NOT_THERE = (
    f"The key file {{place}} is not there. {TRAIL} or {TEXT} names it as one from before, without which what "
    "is still under it cannot be read. Nothing was changed. Put it back, or plug in the stick it lies on, "
    "and start again."
)


def known(data: Path, key: bytes, environment: Mapping[str, str]) -> list[bytes]:
    """All of them, those for text in the order in which they are named, each once."""
    named = [_read_named(Path(one)) for one in _named(environment)]
    kept = opening.all_kept(data, key).items()
    beneath = [secret for name, secret in kept if name.startswith(KEPT)]
    return list(dict.fromkeys([*named, *in_file(data), *beneath]))


def opened(known: Iterable[bytes], open_with: Callable[[bytes], bytes]) -> bytes:
    """What the first of these keys opens that does. Raises InvalidTag where none does."""
    for one in known:
        with suppress(InvalidTag):
            return open_with(one)
    raise InvalidTag


def in_file(data: Path) -> list[bytes]:
    """Those that a backup brought to an installation whose key is a file, too."""
    try:
        found = read((data / FILE).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        found = []
    if not found:  # nobody writes an empty one: what was in it is lost
        raise ImproperlyConfigured(
            f"The file {data / FILE} with the keys from before cannot be read. Nothing was changed. Put "
            "back its copy, or restore the newest backup into a new folder and take it from there."
        )
    return found


def bring(data: Path, key: bytes, former: Iterable[bytes], *, locked: bool) -> None:
    """Put them where an installation that was just restored finds them, no less guarded than its own key."""
    found = list(former)
    if not found:
        return
    if locked:
        slots.save(data, kept_by(slots.read(data), key, found), key)
    else:
        durable.write(data / FILE, written(found))


def kept_by(ways: slots.Slots, key: bytes, former: Iterable[bytes]) -> slots.Slots:
    """The same ways in, which give out these as well; also after a change of the key."""
    for one in former:
        ways = slots.keeping(ways, key, f"{KEPT}{name_of(one)}", one)
    return ways


def name_of(key: bytes) -> str:
    """Tells them apart, and says nothing of them."""
    return keys.derive(key, "name").hex()[:16]


def written(former: Iterable[bytes]) -> bytes:
    return "".join(f"{one.hex()}\n" for one in former).encode()


def read(content: bytes) -> list[bytes]:
    """Raises ValueError for what is no list of keys."""
    found = [bytes.fromhex(line) for line in content.decode("ascii").split()]
    if any(len(one) != 32 for one in found):
        raise ValueError("A key is 64 hexadecimal digits.")
    return found


def _named(environment: Mapping[str, str]) -> list[str]:
    trail = environment.get(TRAIL, "").split(os.pathsep)
    return [*_files(environment.get(TEXT, "")), *(one for one in trail if one)]


def _read_named(place: Path) -> bytes:
    """The key in a file that was named. It may lie on a stick that was pulled out."""
    if not place.is_file():
        raise ImproperlyConfigured(NOT_THERE.format(place=place))
    return keys.read(place)


def _files(said: str) -> list[str]:
    """Key files with spaces between, or, where a folder has one in its name, with what parts paths here."""
    if os.pathsep in said:
        return [one for one in said.split(os.pathsep) if one]
    return [said] if Path(said.strip()).is_file() else said.split()
