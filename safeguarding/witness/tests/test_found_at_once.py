"""Two workers find at one moment that the record is broken: people are alarmed once."""

import pytest

from demo.cast import open_nursery
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.audit.verify import CHANGED, Problem, Report
from safeguarding.notifications.models import Notification
from safeguarding.witness import actions
from tests.at_once import in_the_moment_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_the_manager_and_the_committee_lead_hear_of_it_once() -> None:
    n = open_nursery("Sunflowers")
    by = System("checking the record", n.setting.pk)
    report = Report(chains=1, problems=[Problem(n.setting.pk, 1, CHANGED)])

    def note() -> bool:
        return actions.note_check(by=by, setting=n.setting, report=report, whole=True)

    with in_the_moment_of(note) as met:
        assert not note()

    assert met == []
    told = Notification.objects.filter(kind="record_broken").values_list("recipient", flat=True)
    assert sorted(told) == sorted({n.morgan.pk, n.cleo.pk})
    assert Entry.objects.filter(event="record.found_broken").count() == 1
