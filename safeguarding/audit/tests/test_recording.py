from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from safeguarding.audit.chain import GENESIS, canonical, next_link
from safeguarding.audit.models import INSTALLATION, ChainHead, Entry
from safeguarding.audit.tests.given import (
    BLUEBELLS,
    IN_BLUEBELLS,
    IN_SUNFLOWERS,
    SUNFLOWERS,
    a_thing,
    a_trail,
)
from safeguarding.audit.trail import record, record_for, record_knock
from safeguarding.audit.verify import verify

SAID = {
    "v": 1,
    "id": UUID(int=1),
    "setting_id": UUID(int=2),
    "seq": 1,
    "at": datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    "event": "concern.reported",
    "outcome": "allow",
    "key_id": "0badcafe",
    "commitment": "",
    "actor_id": None,
    "actor_name": "Zoë",
    "subject_type": "concerns.Concern",
    "subject_id": UUID(int=3),
    "details": {"b": True, "a": 1},
}


@pytest.mark.django_db
def test_each_entry_follows_the_one_before_it() -> None:
    first, second, third = a_trail(3)

    assert first.prev == GENESIS
    assert [e.seq for e in (first, second, third)] == [1, 2, 3]
    assert [second.prev, third.prev] == [first.link, second.link]
    assert ChainHead.objects.get(pk=SUNFLOWERS).link == third.link


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_record() -> None:
    thing = a_thing()
    written = record("thing.done", thing, by=IN_SUNFLOWERS, code="C1", count=2)

    kept = Entry.objects.get(pk=written.pk)
    assert (kept.event, kept.actor_name, kept.actor_id) == ("thing.done", "Daily reminders", None)
    assert (kept.subject_type, kept.subject_id) == ("audit.Entry", thing.pk)
    assert kept.details == {"code": "C1", "count": 2}


@pytest.mark.django_db
def test_each_setting_has_a_chain_of_its_own() -> None:
    a_trail(2)
    a_trail(1, by=IN_BLUEBELLS)

    assert Entry.objects.get(setting_id=BLUEBELLS).seq == 1
    assert ChainHead.objects.get(pk=SUNFLOWERS).seq == 2


@pytest.mark.django_db
def test_a_stranger_leaves_a_line_in_the_trail_of_the_setting_they_tried() -> None:
    thing = a_thing()
    record_for("setting.refused", thing, setting_id=SUNFLOWERS, by=IN_BLUEBELLS)
    record_knock("case.refused", thing.pk, by=IN_BLUEBELLS, setting_id=SUNFLOWERS)
    record_knock("case.refused", thing.pk, by=IN_SUNFLOWERS)

    told = Entry.objects.filter(setting_id=SUNFLOWERS, subject_id=thing.pk).order_by("seq")
    assert [e.subject_type for e in told] == ["audit.Entry", "case", "case"]


@pytest.mark.django_db
def test_what_belongs_to_no_setting_has_the_chain_of_the_installation() -> None:
    record_for("user.signed_in", a_thing(), setting_id=INSTALLATION, by=IN_BLUEBELLS)

    assert Entry.objects.get().setting_id == INSTALLATION
    assert verify().is_intact


@pytest.mark.django_db
def test_an_entry_costs_two_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_trail(1)
    with django_assert_num_queries(2):
        a_trail(1)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap() -> None:
    a_trail(2)
    with transaction.atomic():
        a_trail(3)
        transaction.set_rollback(True)
    a_trail(1)

    assert [e.seq for e in Entry.objects.order_by("seq")] == [1, 2, 3]
    assert verify().is_intact


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["two\nlines", "x" * 201, "a\x00b", 1.5, ["a"], {"a": 1}, UUID(int=1), SAID["at"]]
)
def test_content_and_odd_values_are_kept_out(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)), transaction.atomic():
        record("thing.done", a_thing(), by=IN_SUNFLOWERS, note=value)
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("event", ["done", "Thing.done", "thing done", "thing.done.twice", "a."])
def test_an_event_is_a_noun_and_what_happened_to_it(event: str) -> None:
    with pytest.raises(ValueError, match="not an event"):
        record(event, a_thing(), by=IN_SUNFLOWERS)


@pytest.mark.django_db
def test_names_with_unusual_letters_and_spaces_are_kept() -> None:
    entry = record(
        "thing.done", a_thing(), by=IN_SUNFLOWERS, name="Anne\N{NO-BREAK SPACE}Ó 👩\u200d🏫"
    )

    assert Entry.objects.get().details == entry.details
    assert verify().is_intact


@pytest.mark.django_db
def test_a_letter_is_kept_in_its_one_normal_form() -> None:
    entry = record("thing.done", a_thing(), by=IN_SUNFLOWERS, name="Zoe\N{COMBINING DIAERESIS}")

    assert entry.details == {"name": "Zoë"}


def test_the_same_entry_always_has_the_same_link() -> None:
    """A known answer: if it changes, every trail written so far stops verifying."""
    assert (
        canonical(SAID)
        == (
            '{"actor_id":null,"actor_name":"Zoë","at":"2026-03-29T01:30:00.000000Z",'
            '"details":{"a":1,"b":true},"event":"concern.reported",'
            '"id":"00000000000000000000000000000001","key_id":"0badcafe","outcome":"allow","seq":1,'
            '"setting_id":"00000000000000000000000000000002",'
            '"subject_id":"00000000000000000000000000000003",'
            '"subject_type":"concerns.Concern","v":1}'
        ).encode()
    )
    assert (
        next_link(GENESIS, SAID)
        == "f7ed2fba539cc43a173e4460cafd902539334766fd4f18416093bd63a461b38d"
    )
