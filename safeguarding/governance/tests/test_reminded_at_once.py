"""Two workers remind of words at one moment: one of them began it, and only that one says so."""

import pytest

from demo.cast import open_nursery
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.governance.actions import keep_clocks
from safeguarding.notifications.models import Clock
from tests.at_once import in_the_moment_of

from .given import BY_WORD, taken

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_of_two_workers_one_says_that_it_began() -> None:
    n = open_nursery("Sunflowers")
    taken(n, BY_WORD)
    Clock.objects.filter(subject_kind="duties").delete()

    def remind() -> int:
        return keep_clocks(by=System("words on duties", n.setting.pk), setting=n.setting)

    with in_the_moment_of(remind) as met:
        started = remind()

    assert met == []
    assert Clock.objects.running().filter(subject_kind="duties").count() == started
    assert Entry.objects.filter(event="words.reminded").count() == 1
