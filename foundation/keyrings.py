"""Who opens what is encrypted: the keyring that rows carry, and what is said where it does not open."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, Self, TypeVar

from django.db import models

from foundation.words import OURS

Row = TypeVar("Row", bound=models.Model, covariant=True)


_sentences: set[str] = set()


class Unreadable(str):
    """Shown in place of words that cannot be read here and now. Never stored, alone or in other words.

    It begins with a sign that is not seen and that nobody types, since a text that it was put into is
    only a text.
    """

    __slots__ = ()

    def __new__(cls, sentence: str) -> Self:
        """Once for each sentence there is."""
        marked = super().__new__(cls, OURS + sentence.removeprefix(OURS))
        _sentences.add(str(marked))
        return marked


def unread_in(text: str) -> str:
    """The sentence, somewhere in a text, that stands for words nobody read; empty where there is none."""
    return next((one for one in _sentences if one in text), "") if OURS in text else ""


DAMAGED = Unreadable(
    "This text cannot be opened: it was changed or damaged outside Hedgerow. What is stored was left as "
    "it is. Tell whoever looks after the technical side that it may have to come from a backup."
)

ANOTHER_KEY = Unreadable(
    "This text was encrypted with another key file. Nothing is lost. Ask whoever looks after the technical "
    "side to put back the key file that belongs to these records."
)

NO_KEY_NOW = Unreadable(
    "This text cannot be read right now, because the place that keeps its key does not answer. "
    "Nothing is lost. Try again in some minutes."
)


class Keyring(Protocol):
    """Gives the keys of single records to whoever may have them."""

    def record_key(self, key_id: str) -> bytes | None:
        """The key of that name, or None where this keyring does not open it."""

    def add(self, copies: Any) -> None:
        """Take in copies of keys that were fetched already."""

    @property
    def closed(self) -> Unreadable:
        """What is shown in place of text that this keyring does not open."""


_anybodys: list[Callable[[models.Model], Keyring]] = []


def opens_for_anybody(function: Callable[[models.Model], Keyring]) -> Callable[..., Keyring]:
    """Register what gives the keyring for rows that were read on nobody's behalf."""
    _anybodys[:] = [function]
    return function


def carried(row: models.Model, far: int = 3) -> Keyring | None:
    """The keyring a row was read with, or a row that it came from, such as `entry.case`."""
    own: Keyring | None = row.__dict__.get("_keyring")
    if own or not far:
        return own
    near = [one for one in row._state.fields_cache.values() if isinstance(one, models.Model)]
    return next((found for one in near if (found := carried(one, far - 1))), None)


def keyring_of(row: models.Model) -> Keyring:
    """The keyring the row was read with, or one it is tied to; else the one that opens for anybody."""
    return carried(row) or _anybodys[0](row)


def give_keyring(rows: Iterable[Any], keyring: Keyring) -> None:
    """Let rows, and all that was fetched with them, be read with this keyring."""
    for row in rows:
        if not isinstance(row, models.Model) or row.__dict__.get("_keyring") is keyring:
            continue
        row.__dict__["_keyring"] = keyring
        if beside := row._state.fields_cache:
            give_keyring(beside.values(), keyring)
        for found in row.__dict__.get("_prefetched_objects_cache", {}).values():
            give_keyring(found, keyring)
        for value in [one for one in row.__dict__.values() if type(one) is list]:
            give_keyring(value, keyring)


class KeyedQuerySet(models.QuerySet[Row]):
    """Rows that carry the keyring they are read with."""

    _keyring: Keyring | None = None

    def read_with(self, keyring: Keyring) -> Self:
        """The same rows; those that are sealed open with these keys."""
        rows = self.all()
        rows._keyring = keyring
        return rows

    def _clone(self) -> Self:
        rows = super()._clone()  # type: ignore[misc]
        rows._keyring = self._keyring
        return rows  # type: ignore[no-any-return]

    def _fetch_all(self) -> None:
        super()._fetch_all()
        of = getattr(self, "_hints", {}).get("instance")  # of which record, as `case.entries`
        keyring = self._keyring or (of.__dict__.get("_keyring") if of else None)
        if keyring is not None:
            give_keyring(getattr(self, "_result_cache", None) or [], keyring)
