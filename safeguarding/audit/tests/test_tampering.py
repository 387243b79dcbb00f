"""Somebody who owns the tables drops the triggers and tampers: the walk says where."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeguarding.audit import checkpoints, quick
from safeguarding.audit.models import ChainHead, Entry
from safeguarding.audit.tests.given import BLUEBELLS, IN_BLUEBELLS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.verify import (
    AFTER_END,
    CHANGED,
    CUT,
    CUT_MARK,
    EXTRA,
    MISSING,
    NO_HEAD,
    OTHER_END,
    UNFOLLOWED,
    UNKNOWN,
    UNSEALED,
    verify,
)

__all__ = ["signing_key"]
pytestmark = pytest.mark.django_db
FIVE = 5


@pytest.fixture(autouse=True)
def joins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain is looked through two entries at a time, so that there are joins between any places."""
    monkeypatch.setattr(quick, "AT_ONCE", 2)


def at(seq: int, chain: UUID = SUNFLOWERS) -> Any:
    return Entry.objects.filter(setting_id=chain, seq=seq)


def edit(**changed: object) -> Callable[[], object]:
    """Change the third of five entries."""
    return lambda: at(3).update(**changed)


def copy(of: int, to: int, chain: UUID = SUNFLOWERS) -> None:
    """Put a copy of an entry at another place, whatever was there."""
    at(to).delete()
    entry = at(of, chain).get()
    entry.pk, entry.setting_id, entry.seq = uuid4(), SUNFLOWERS, to
    entry._state.adding = True
    entry.save()


def swap() -> None:
    at(2).update(seq=99)
    at(4).update(seq=2)
    at(99).update(seq=4)


def insert() -> None:
    for seq in (5, 4, 3):
        at(seq).update(seq=F("seq") + 1)
    copy(2, 3)


def head(**changed: object) -> Callable[[], object]:
    return lambda: ChainHead.objects.filter(pk=SUNFLOWERS).update(**changed)


TAMPERING: dict[str, tuple[Callable[[], object], int, str]] = {
    "version": (edit(v=2), 3, UNKNOWN),
    "id": (edit(id=UUID(int=7)), 3, CHANGED),
    "setting": (edit(setting_id=UUID(int=7)), 3, MISSING),
    "place": (edit(seq=9), 3, MISSING),
    "time": (edit(at=datetime(2020, 1, 1, tzinfo=UTC)), 3, CHANGED),
    "event": (edit(event="thing.undone"), 3, CHANGED),
    "actor": (edit(actor_id=UUID(int=7)), 3, CHANGED),
    "actor's name": (edit(actor_name="Nobody"), 3, CHANGED),
    "kind of record": (edit(subject_type="audit.Chain"), 3, CHANGED),
    "record": (edit(subject_id=UUID(int=7)), 3, CHANGED),
    "details": (edit(details={"turn": 3, "note": "né"}), 3, CHANGED),
    "a look-alike letter": (edit(details={"turn": 2, "note": "ne\u0301"}), 3, CHANGED),
    "a number for a yes": (edit(details={"turn": 2.0, "note": "né"}), 3, CHANGED),
    "no details": (edit(details=[]), 3, CHANGED),
    "outcome": (edit(outcome="deny"), 3, CHANGED),
    "key": (edit(key_id="0badcafe"), 3, CHANGED),
    "commitment": (edit(commitment="a" * 64), 3, CHANGED),
    "seal": (edit(seal="a" * 64), 3, UNSEALED),
    "link before": (edit(prev="e" * 64), 3, UNFOLLOWED),
    "link": (edit(link="e" * 64), 3, CHANGED),
    "first gone": (lambda: at(1).delete(), 1, MISSING),
    "middle gone": (lambda: at(3).delete(), 3, MISSING),
    "last gone": (lambda: at(5).delete(), 5, CUT),
    "tail cut": (lambda: Entry.objects.filter(seq__gte=4).delete(), 4, CUT),
    "all gone": (lambda: Entry.objects.all().delete(), 1, CUT),
    "one put in": (insert, 3, UNFOLLOWED),
    "one put before the first": (lambda: copy(1, 0), 0, EXTRA),
    "one added at the end": (lambda: copy(5, 6), 6, UNFOLLOWED),
    "two swapped": (swap, 2, UNFOLLOWED),
    "one copied over another": (lambda: copy(2, 4), 4, UNFOLLOWED),
    "one from another setting": (lambda: copy(3, 3, BLUEBELLS), 3, UNFOLLOWED),
    "end moved back": (head(seq=3), 3, OTHER_END),
    "end moved on": (head(seq=9), 6, CUT),
    "end's link": (head(link="e" * 64), 5, OTHER_END),
    "end gone": (lambda: ChainHead.objects.all().delete(), 5, NO_HEAD),
}


@pytest.mark.parametrize("tamper, position, wrong", TAMPERING.values(), ids=TAMPERING.keys())
def test_the_walk_finds(tamper: Callable[[], object], position: int, wrong: str) -> None:
    a_trail(FIVE)
    a_trail(FIVE, by=IN_BLUEBELLS)
    with triggers_removed():
        tamper()
        problem = verify(SUNFLOWERS).problems[0]

    assert (problem.position, problem.wrong) == (position, wrong)


def test_an_entry_moved_to_another_setting_is_found_in_both() -> None:
    a_trail(FIVE)
    a_trail(2, by=IN_BLUEBELLS)
    with triggers_removed():
        at(3).update(setting_id=BLUEBELLS)
        report = verify()

    found = {(p.setting_id, p.position, p.wrong) for p in report.problems}
    assert found == {(SUNFLOWERS, 3, MISSING), (BLUEBELLS, 3, UNFOLLOWED)}


def test_a_chain_that_is_gone_as_a_whole_is_missed(signing_key: Path) -> None:
    """With its end too, so that nothing is left of it but what was signed."""
    a_trail(FIVE)
    a_trail(2, by=IN_BLUEBELLS)
    checkpoints.make()
    with triggers_removed():
        Entry.objects.filter(setting_id=SUNFLOWERS).delete()
        ChainHead.objects.filter(pk=SUNFLOWERS).delete()
        report = verify()

    assert [(p.setting_id, p.wrong) for p in report.problems] == [(SUNFLOWERS, CUT_MARK)]


def test_a_chain_that_goes_on_past_its_end_is_found() -> None:
    """Sound links, but written round the end of the chain."""
    a_trail(FIVE)
    with triggers_removed():
        ChainHead.objects.filter(pk=SUNFLOWERS).update(seq=3, link=at(3).get().link)
        report = verify()

    assert [(p.position, p.wrong) for p in report.problems] == [(4, AFTER_END)]


def test_an_untouched_trail_is_intact() -> None:
    a_trail(FIVE)
    a_trail(2, by=IN_BLUEBELLS)

    report = verify()
    assert (report.is_intact, report.chains, report.entries) == (True, 2, FIVE + 2)


def flipped(value: Any, where: int, letter: str) -> Any:
    """The value with one character of it turned into another."""
    text = str(value)
    place = where % len(text)
    other = letter if text[place] != letter else DIGITS[DIGITS.index(letter) - 1]
    return text[:place] + other + text[place + 1 :]


DIGITS = "0123456789abcdef"
TEXTS = ("event", "actor_name", "subject_type", "prev", "link")
IDS = ("id", "setting_id", "actor_id", "subject_id")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seq=st.integers(1, FIVE),
    name=st.sampled_from([*TEXTS, *IDS, "note"]),
    where=st.integers(0, 200),
    letter=st.sampled_from(DIGITS),
)
def test_any_flipped_character_is_found(
    db: None, seq: int, name: str, where: int, letter: str
) -> None:
    entry = a_trail(FIVE)[seq - 1]
    value = entry.details["note"] if name == "note" else getattr(entry, name) or uuid4()
    value = value.hex if isinstance(value, UUID) else value
    changed: Any = flipped(value, where, letter)
    change = {"details": {**entry.details, "note": changed}} if name == "note" else {name: changed}
    with triggers_removed():
        Entry.objects.filter(pk=entry.pk).update(**change)
        assert [p.position for p in verify(SUNFLOWERS).problems] == [entry.seq]
        Entry.objects.all().delete()
        ChainHead.objects.all().delete()
