"""A passphrase that should end: changed before the second yes, or of somebody who left."""

from pathlib import Path

import pytest

from demo.cast import Nursery
from foundation import slots
from foundation.errors import RuleBroken
from foundation.tests.test_key_slots import CHEAP
from safeguarding.lock import actions
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .test_keeping_the_ways_in import PHRASE, data
from .test_two_people_for_keys import holders, n, yes

__all__ = ["data", "n"]


def test_whoever_changes_theirs_meanwhile_is_shut_out_all_the_same(n: Nursery, data: Path) -> None:
    """The yes is to a person who cannot unlock any more, and they are not asked."""
    of_dana = slots.read(data).slots[0]
    asked = actions.ask_to_end_passphrase(by=n.morgan, slot_id=of_dana.id)
    actions.set_passphrase(by=n.dana, passphrase=f"{PHRASE} anew", cost=CHEAP)
    yes(n.devi, asked)

    assert holders(data) == ["Morgan"]


def test_whoever_gave_theirs_up_meanwhile_has_none_to_end(n: Nursery, data: Path) -> None:
    of_dana = slots.read(data).slots[0]
    asked = actions.ask_to_end_passphrase(by=n.morgan, slot_id=of_dana.id)
    actions.end_passphrase(by=n.dana, slot_id=of_dana.id)

    with pytest.raises(RuleBroken, match="has ended already"):
        yes(n.devi, asked)
    assert holders(data) == ["Morgan"]


def test_the_page_says_whose_passphrase_still_unlocks_though_they_are_no_longer_one_of_those(
    n: Nursery, data: Path
) -> None:
    browser, page = signed_in(n.dana), n.setting.link_to("lock:keys")
    assert "no longer" not in browser.get(page).text
    n.morgan.roles_held.all().delete()

    said = browser.get(page).text
    assert "Morgan Hughes is no longer a lead or manager here and can still unlock" in said
    assert "Dana Okafor is no longer" not in said
    today = browser.get(n.setting.link_to("today:today")).text
    assert "Somebody who left can still unlock" in today
    assert len(queries_of(browser, n.setting.link_to("today:today"))) <= MOST
