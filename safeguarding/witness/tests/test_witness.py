"""Who checks the record without reading it, who keeps proof, and what happens when it is not whole."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.jobs.worker import run_ready
from safeguarding.audit import checkpoints, state
from safeguarding.audit.models import Check, Checkpoint, Entry
from safeguarding.audit.tasks import sign_after_sign_out, sign_by_the_clock
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.trail import System
from safeguarding.concerns.tests.given import a_case, case_on_paper, filed
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.witness import actions, tasks
from safeguarding.witness.models import Anchor
from tests.budget import MOST, queries_of
from tests.people import signed_in

__all__ = ["signing_key"]
pytestmark = pytest.mark.usefixtures("signing_key")

KNOWS_NOBODY = ("Dana", "Kit", "Priya", "Sam")


def page(member: Member, name: str = "witness:record", **form: str) -> str:
    browser, path = signed_in(member), member.setting.link_to(name)
    answer = browser.post(path, form) if form else browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def tamper(n: Nursery) -> Entry:
    """The owner of the tables changes the oldest line of the setting."""
    first = Entry.objects.filter(setting_id=n.setting.pk).earliest("seq")
    with triggers_removed():
        Entry.objects.filter(pk=first.pk).update(actor_name="Nobody")
    return first


def told_of(kind: str) -> set[str]:
    return {str(one.recipient) for one in Notification.objects.filter(kind=kind)}


def test_who_may_check_sees_that_it_is_whole_and_with_whom_the_proof_is(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    checkpoints.make()
    tasks.check_everything.call()
    actions.name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
    tasks.hand_out_proof.call()

    for member in (n.dana, n.cleo, n.morgan):
        said = page(member)
        assert "The record is whole" in said
        assert "checkpoint 1" in said
        assert "The council" in said
        assert str(n.setting.pk) in said, "the number that the commands ask for"
    assert signed_in(n.priya).get(n.setting.link_to("witness:record")).status_code == 403


def test_its_page_asks_as_little_of_a_long_list_as_of_a_short_one(sunflowers: Nursery) -> None:
    n = sunflowers
    checkpoints.make()
    tasks.check_everything.call()
    browser = signed_in(n.dana)
    browser.get(n.setting.home)
    few = queries_of(browser, n.setting.link_to("witness:record"))
    for _ in range(5):
        actions.take_anchor(by=n.dana, how="file")
        actions.name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
        box = actions.name_mailbox(by=n.morgan, name="A friend", email="friend@elsewhere.test")
        actions.remove_mailbox(by=n.morgan, mailbox=box)

    assert len(queries_of(browser, n.setting.link_to("witness:record"))) == len(few) <= MOST


def test_proof_goes_once_a_week_to_the_committee_lead_and_outside(sunflowers: Nursery) -> None:
    n = sunflowers
    box = actions.name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
    checkpoint = checkpoints.make()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tasks.hand_out_proof.call()
        clock.shift(timedelta(days=6))
        tasks.hand_out_proof.call()
        sent = [one for one in mail.outbox if "Please keep this mail" in one.subject]
        to = {one for mailed in sent for one in mailed.to}
        clock.shift(timedelta(days=1))
        actions.remove_mailbox(by=n.morgan, mailbox=box)
        tasks.hand_out_proof.call()

    leads = set(n.setting.holding([Role.COMMITTEE_LEAD], timezone.localdate()))
    assert to == {"eyfs@council.test", *(one.user.email for one in leads)}
    assert len(sent) == len(leads) + 1 >= 2
    for one in sent:
        assert checkpoints.text_of(checkpoint) in one.body
        assert checkpoint.words in one.body
        assert not [name for name in KNOWS_NOBODY if name in one.subject + str(one.body)]
    assert Anchor.objects.filter(mailbox=box).count() == 1


def test_where_proof_is_sent_is_not_changed_unseen(sunflowers: Nursery) -> None:
    """A manager who wants the record written anew would first send its proof to themselves."""
    n = sunflowers
    others = {str(one) for one in (n.dana, n.devi, n.cleo)}
    box = actions.name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
    assert told_of("proof_moved") == others

    Notification.objects.all().delete()
    for _twice in range(2):
        actions.remove_mailbox(by=n.morgan, mailbox=box)
    assert told_of("proof_moved") == others
    assert Notification.objects.filter(kind="proof_moved").count() == len(others)
    assert Entry.objects.filter(event="mailbox.removed").count() == 1


def test_the_page_says_who_changed_where_proof_goes_and_when(sunflowers: Nursery) -> None:
    """They are told to look at who did it: so it has to stand there."""
    n = sunflowers
    box = actions.name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
    assert f"Named by {n.morgan}" in page(n.dana)

    with time_machine.travel("2026-12-01T09:30Z"):
        actions.remove_mailbox(by=n.morgan, mailbox=box)
    said = page(n.dana)
    assert f"Named by {n.morgan}" not in said
    assert f"eyfs@council.test: taken off by {n.morgan} on 1 December 2026 at 9:30am" in said


def test_a_sheet_and_a_file_hold_what_was_signed_that_moment(sunflowers: Nursery) -> None:
    n = sunflowers
    browser = signed_in(n.devi)
    sheet = browser.post(n.setting.link_to("witness:sheet"))
    file = browser.post(n.setting.link_to("witness:file"))

    assert sheet.content.startswith(b"%PDF-")
    assert file.content.decode() == checkpoints.text_of(Checkpoint.objects.get(number=2))
    assert [one.how for one in Anchor.objects.order_by("handed_at")] == ["sheet", "file"]


def test_the_words_of_an_older_sheet_are_found_or_plainly_not(sunflowers: Nursery) -> None:
    n = sunflowers
    old = actions.take_anchor(by=n.devi, how="sheet")
    checkpoints.make()

    assert "still holds this point" in page(n.dana, "witness:words", words=old.words.upper())
    assert "There should be eight words" in page(n.dana, "witness:words", words="one two")
    assert "No sheet has the word" in page(n.dana, "witness:words", words="xylophone " * 8)
    with triggers_removed():  # yesterday's copy is put back: it does not know this sheet
        Anchor.objects.all().delete()
        Checkpoint.objects.all().delete()
    assert "an older copy of the record was put back" in page(
        n.dana, "witness:words", words=old.words
    )


def test_a_broken_record_is_told_shown_and_stops_papers_but_not_filing(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    first = tamper(n)
    tasks.check_everything.call()
    tasks.check_last_part.call()

    assert told_of("record_broken") == {str(n.morgan), str(n.cleo)}
    assert "The record is not whole" in page(n.dana, "today:today")
    assert "The record is not whole" in page(n.dana)
    assert "The record is not whole" not in page(n.priya, "today:today")
    with pytest.raises(RuleBroken, match="no paper of it can be given out"):
        case_on_paper(n.dana, case, recipient="Police", purpose="Asked for it")
    filed(n.sam)
    with triggers_removed():
        Entry.objects.filter(pk=first.pk).update(actor_name=first.actor_name)
    tasks.check_last_part.call()
    assert not state.is_whole(n.setting.pk), "only a whole check clears"
    tasks.check_everything.call()
    assert state.is_whole(n.setting.pk)
    case_on_paper(n.dana, case, recipient="Police", purpose="Asked for it")
    assert Notification.objects.filter(kind="record_broken").count() == 2, "told once"


def test_another_settings_trouble_is_not_ours(sunflowers: Nursery, bluebells: Nursery) -> None:
    tamper(bluebells)
    tasks.check_everything.call()

    assert not state.is_whole(bluebells.setting.pk)
    assert state.is_whole(sunflowers.setting.pk)


def test_a_lost_key_or_one_of_another_record_is_an_alarm_and_never_made_anew(
    sunflowers: Nursery, signing_key: Path
) -> None:
    n = sunflowers
    checkpoints.make()
    held = signing_key.read_text()
    signing_key.unlink()
    sign_by_the_clock.call()
    tasks.check_everything.call()

    assert not signing_key.exists()
    assert Check.objects.latest("created_at").layer == "signature"
    assert "Put its file back" in str(
        signed_in(n.dana).post(n.setting.link_to("witness:sheet")).content.decode()
    )
    signing_key.write_text(held)
    tasks.check_everything.call()
    assert state.is_whole(n.setting.pk)


def test_nobody_having_proof_for_two_weeks_is_told_once_a_week(sunflowers: Nursery) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False) as clock:
        assert "Nobody has been given proof" in page(n.dana)
        tasks.hand_out_proof.call()
        tasks.hand_out_proof.call()
        assert told_of("record_unproved") == {str(n.morgan), str(n.cleo)}
        assert Notification.objects.filter(kind="record_unproved").count() == 2
        actions.take_anchor(by=n.devi, how="sheet")
        clock.shift(timedelta(days=7))
        assert "Nobody has been given proof" not in page(n.dana)
        assert not actions.say_nobody_has_proof(
            by=System("a test", n.setting.pk), setting=n.setting
        )


def test_it_is_signed_daily_and_at_sign_out_for_one_setting_and_hourly_for_several(
    sunflowers: Nursery,
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_by_the_clock.call()
        clock.shift(timedelta(hours=1))
        sign_by_the_clock.call()
        assert Checkpoint.objects.count() == 1
        sign_after_sign_out.call()
        assert Checkpoint.objects.count() == 2
        clock.shift(timedelta(hours=24))
        sign_by_the_clock.call()
        assert Checkpoint.objects.count() == 3


def test_a_clock_that_was_years_ahead_for_a_day_stops_no_later_signature(
    sunflowers: Nursery,
) -> None:
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=3650), tick=False):
        sign_by_the_clock.call()
    with time_machine.travel(now, tick=False):
        sign_by_the_clock.call()
        sign_by_the_clock.call()
    assert Checkpoint.objects.count() == 2


def test_signing_out_signs(sunflowers: Nursery) -> None:
    signed_in(sunflowers.dana).post("/accounts/logout/")
    run_ready()

    assert Checkpoint.objects.count() == 1
