"""The quick way through a chain: it passes whatever is sound, and leaves the rest to be looked at in full."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
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
