"""The quick way through a chain: it passes whatever is sound, and leaves the rest to be looked at in full."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from safeguarding.audit import contents, keyring, quick
from safeguarding.audit.models import Entry
from safeguarding.audit.tests.given import IN_SUNFLOWERS, SUNFLOWERS, a_thing, a_trail
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.trail import System, record, record_for
from safeguarding.audit.verify import Walk, verify

AT_MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)  # a moment that SQLite writes without a fraction
DETAILS: list[dict[str, Any]] = [
    {},
    {"of": "é \u2003 \"\\/'", "b": None, "a": True, "n": -7},
    {"z": "", "entry": str(UUID(int=5)), "ß": 2**40},
]


class Somebody(System):
    """An actor with an id and a name that has to be written with care."""

    @property
    def pk(self) -> UUID:  # type: ignore[override]
        return UUID(int=9)


def of_every_sort() -> list[Entry]:
    somebody = Somebody('Zoë "Zo" O\\Neill\u0301\t', SUNFLOWERS)
    made = [
        record("thing.done", a_thing(), by=by, **details)
        for by in (IN_SUNFLOWERS, somebody)
        for details in DETAILS
    ]
    with mock.patch.object(timezone, "now", lambda: AT_MIDNIGHT):
        made.append(record("thing.done", a_thing(), by=somebody))
    return made


@pytest.fixture
def not_in_full(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The entries that were looked at in full after all."""
    looked_at: list[int] = []
    in_full = Walk._in_full

    def noting(walk: Walk, *given: object) -> Iterator[int]:
        for count in in_full(walk, *given):  # type: ignore[arg-type]
            looked_at.append(walk.seq)
            yield count

    monkeypatch.setattr(Walk, "_in_full", noting)
    yield looked_at


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 3, 100])
def test_no_sound_entry_is_left_over(
    size: int, not_in_full: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "AT_ONCE", size)
    made = of_every_sort()

    report = verify(SUNFLOWERS)

    assert (report.is_intact, report.entries) == (True, len(made))
    assert not_in_full == []


@pytest.mark.django_db
def test_it_does_not_pass_what_only_reads_the_same() -> None:
    """Both ways see a chain as it is: where the quick one does not know a form, the other one decides."""
    entry = a_trail(3)[1]
    keys = keyring.known()
    with triggers_removed():
        head = verify(SUNFLOWERS)
        assert head.is_intact
        Entry.objects.filter(pk=entry.pk).update(key_id="0badcafe")

        assert quick.sound(quick.Stretch(SUNFLOWERS, 0, 3, {}, keys)) is None
        assert quick.sound(quick.Stretch(SUNFLOWERS, 0, 1, {}, keys)) is not None
        assert quick.sound(quick.Stretch(SUNFLOWERS, 0, 1, {1: {"ab" * 32}}, keys)) is None
        assert quick.sound(quick.Stretch(SUNFLOWERS, 0, 9, {}, keys)) is None


COLUMNS = [field.attname for field in Entry._meta.concrete_fields if field.name != "setting_id"]
OTHERWISE: dict[str, Any] = {
    "v": 2,
    "id": UUID(int=8),
    "seq": 7,
    "at": AT_MIDNIGHT,
    "actor_id": UUID(int=9),
    "subject_id": UUID(int=10),
    "details": {"turn": 1, "note": "né "},
    "commitment": "ab" * 32,
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_can_say_something_else(column: str) -> None:
    entry = a_trail(3)[1]
    asked = quick.Stretch(SUNFLOWERS, 0, 2, {}, keyring.known())
    with triggers_removed():
        assert quick.sound(asked) is not None
        said = OTHERWISE.get(column) or f"{getattr(entry, column)}"[:-1]
        Entry.objects.filter(pk=entry.pk).update(**{column: said})

        assert quick.sound(asked) is None


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("column", COLUMNS)
def test_bytes_do_not_pass_as_the_text_they_spell(column: str) -> None:
    """SQLite keeps bytes in any column, and would let them be joined with text."""
    entry = record("thing.done", a_thing(), by=Somebody("Zoë", SUNFLOWERS))
    asked = quick.Stretch(SUNFLOWERS, 0, 1, {}, keyring.known())
    as_bytes = Func(F(column), template="CAST(%(expressions)s AS BLOB)")
    with triggers_removed():
        assert quick.sound(asked) is not None
        Entry.objects.filter(pk=entry.pk).update(**{column: as_bytes})

        passed = quick.sound(asked) is not None

    assert passed == (column == "commitment")  # it is empty, which is no text and no bytes


@pytest.mark.django_db
def test_an_entry_says_in_which_place_it_stands() -> None:
    a_trail(3)
    with triggers_removed():
        Entry.objects.filter(setting_id=SUNFLOWERS, seq=1).update(seq=0)

        assert quick.sound(quick.Stretch(SUNFLOWERS, 0, 3, {}, keyring.known())) is None


@pytest.mark.django_db
@pytest.mark.once
def test_nothing_stands_behind_the_details() -> None:
    """A database that was told not to look keeps whatever it is given."""
    a_trail(3)
    more = Concat(F("details"), Value(" {}"), output_field=TextField())
    with triggers_removed(), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        Entry.objects.filter(setting_id=SUNFLOWERS, seq=2).update(details=more)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")

        assert quick.sound(quick.Stretch(SUNFLOWERS, 0, 3, {}, keyring.known())) is None


@pytest.mark.django_db
@pytest.mark.once
def test_a_name_like_no_other_is_left_to_be_looked_at_in_full(not_in_full: list[int]) -> None:
    record("thing.done", a_thing(), by=Somebody("Zoë \0", SUNFLOWERS))
    record("thing.done", a_thing(), by=Somebody("\0", SUNFLOWERS))

    assert verify(SUNFLOWERS).is_intact
    assert not_in_full == [1, 2]


@pytest.mark.django_db
def test_what_was_committed_to_and_erased_is_met_on_the_way() -> None:
    trail, thing = a_trail(2), a_thing()
    record_for(contents.ERASED, thing, setting_id=SUNFLOWERS, by=IN_SUNFLOWERS)

    found = quick.sound(quick.Stretch(SUNFLOWERS, 0, 3, {}, keyring.known()))

    assert found and len(trail) == 2
    assert (found.committed, found.erased) == ([], [thing.pk])


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_several_processes_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLCipher the tests have their database in memory, where no other process sees it: bin/bench."""
    monkeypatch.setattr(quick, "AT_ONCE", 2)
    made = a_trail(13)

    assert verify(processes=2).entries == len(made)
    with triggers_removed():
        Entry.objects.filter(seq=8).update(actor_name="Nobody")
        one, two = verify(), verify(processes=2)
        assert one.problems == two.problems
        assert [found.position for found in two.problems] == [8]
