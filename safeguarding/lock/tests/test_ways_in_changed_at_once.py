"""Two people change the ways in within the same second: neither undoes what the other did."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from demo.cast import open_nursery
from foundation import slots
from foundation.tests.test_key_slots import CHEAP
from safeguarding.lock import actions, ways
from safeguarding.lock.actions import keys
from safeguarding.people.models import Member
from tests.at_once import at_once

from .test_keeping_the_ways_in import PHRASE, data

__all__ = ["data"]

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def waiting_for_the_other(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> None:
    """Both are as far as this before either of them goes on."""
    both, real = Barrier(2), getattr(place, name)

    def both_there(*args: Any, **said: Any) -> object:
        both.wait(10)
        return real(*args, **said)

    monkeypatch.setattr(place, name, both_there)


def test_two_passphrases_set_in_the_same_second_both_unlock(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = open_nursery("Sunflowers")
    waiting_for_the_other(monkeypatch, slots, "new_slot")

    def sets(who: Member) -> Callable[[], object]:
        return lambda: actions.set_passphrase(by=who, passphrase=PHRASE, cost=CHEAP)

    assert at_once(sets(n.dana), sets(n.morgan)) == []
    found = slots.read(data)
    assert {one.holder for one in found.slots} == {"Dana Okafor", "Morgan Hughes"}


def test_of_two_who_give_up_the_last_two_passphrases_one_keeps_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = open_nursery("Sunflowers")
    for one in (n.dana, n.morgan):
        actions.set_passphrase(by=one, passphrase=PHRASE, cost=CHEAP)
    hers, his = slots.read(data).slots
    waiting_for_the_other(monkeypatch, keys, "record")

    refused = at_once(
        lambda: actions.end_passphrase(by=n.dana, slot_id=hers.id),
        lambda: actions.end_passphrase(by=n.morgan, slot_id=his.id),
    )

    assert [str(one) for one in refused] == [ways.LAST_WAY]
    assert len(slots.read(data).slots) == 1
