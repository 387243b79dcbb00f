"""The clock of the computer stood years ahead for a day: proof, and the alarm, do not wait for that year."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery, open_nursery
from safeguarding.audit import checkpoints, state
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.trail import System
from safeguarding.audit.verify import CHANGED, Problem, Report
from safeguarding.notifications.models import Notification
from safeguarding.witness import actions
from safeguarding.witness.models import Anchor
from safeguarding.witness.tests.test_witness import page

__all__ = ["signing_key"]
AHEAD = timedelta(days=3650)


@pytest.fixture
def put_back(db: None, signing_key: Path) -> Iterator[Nursery]:
    """All that the clock starts was done on that day; now it is right again, and has been for three weeks."""
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        n = open_nursery("Poppies")
    by = System("a test", n.setting.pk)
    with time_machine.travel(now + AHEAD, tick=False):
        checkpoints.make()
        actions.hand_out(by=by, setting=n.setting)
        Anchor.objects.update(handed_at=timezone.now())
        actions.note_check(by=by, setting=n.setting, report=Report(chains=1), whole=True)
    with time_machine.travel(now + timedelta(days=21), tick=False):
        yield n


def test_proof_goes_out_each_week(put_back: Nursery) -> None:
    by = System("a test", put_back.setting.pk)
    assert actions.hand_out(by=by, setting=put_back.setting) != []
    assert actions.hand_out(by=by, setting=put_back.setting) == []


def test_who_should_have_proof_and_has_none_is_told(put_back: Nursery) -> None:
    by = System("a test", put_back.setting.pk)
    assert actions.say_nobody_has_proof(by=by, setting=put_back.setting)
    assert "Nobody has been given proof" in page(put_back.morgan)


def test_what_is_found_broken_is_said_once_and_on_the_page(put_back: Nursery) -> None:
    by, setting = System("a test", put_back.setting.pk), put_back.setting
    report = Report(chains=1, problems=[Problem(setting.pk, 1, CHANGED)])
    for _hour in range(3):
        actions.note_check(by=by, setting=setting, report=report, whole=False)

    assert not state.is_whole(setting.pk)
    assert "The record is whole" not in page(put_back.morgan)
    told = Notification.objects.filter(kind="record_broken", recipient=put_back.morgan)
    assert told.count() == 1
