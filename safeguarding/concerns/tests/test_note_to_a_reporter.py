"""A note to whoever sent a report: on their receipt, with nothing of the case, told without content."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern, ReporterNote
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from tests.people import signed_in

from .given import about, filed, opened

THANKS = "Thank you. You did the right thing."


def page(concern: Concern) -> str:
    return concern.setting.link_to("concerns:reply_to_reporter", concern.pk)


def receipt(n: Nursery, concern: Concern, who: Member) -> str:
    link = n.setting.link_to("concerns:receipt", concern.pk)
    return signed_in(who, second_check=False).get(link).content.decode()


def answered(by: Member, concern: Concern) -> ReporterNote:
    return actions.reply_to_reporter(
        by=by, concern=concern, text=THANKS, says_nothing_of_the_case=True
    )


def test_the_reporter_is_told_that_there_is_something_and_reads_it_on_their_receipt(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern = filed(n.priya)
    browser = signed_in(n.dana)
    assert "Say thank you, not what happened" in browser.get(page(concern)).content.decode()
    form = {"text": THANKS, "says_nothing_of_the_case": "on"}
    assert browser.post(page(concern), form).status_code == 302

    assert THANKS in receipt(n, concern, n.priya)
    told = Notification.objects.get(kind="report_answered")
    assert told.recipient == n.priya
    assert THANKS not in told.sentence
    assert told in Notification.objects.readable_by(n.priya)


def test_it_is_not_sent_before_somebody_has_read_it_once_more(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    answer = signed_in(sunflowers.dana).post(page(concern), {"text": THANKS})

    assert answer.status_code == 422
    assert THANKS in answer.content.decode()
    assert not ReporterNote.objects.exists()


def test_only_who_may_decide_on_the_report_writes_one(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    n = sunflowers
    concern = filed(n.priya, about(n.devi))
    for member in (n.priya, n.sam, n.devi, n.tariq, bluebells.dana):
        with pytest.raises(PermissionDenied):
            answered(member, concern)
    assert answered(n.dana, concern).concern == concern


def test_once_a_report_has_come_to_concern_its_sender_nothing_is_written_to_them(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern = filed(n.priya, about(n.sam))
    case = opened(n.dana, concern)
    answered(n.dana, concern)
    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.priya))
    with pytest.raises(RuleBroken, match="Nothing can be written"):
        answered(n.dana, concern)

    other = filed(n.wren, about(n.sam))
    actions.gather(by=n.dana, concern=other, case=case)
    tie = people.declare_relationship(by=n.wren, about=n.wren, kind="close", other_member=n.sam)
    people.confirm_relationship(by=n.sam, tie=tie)
    with pytest.raises(RuleBroken, match="Nothing can be written"):
        answered(n.dana, other)


def test_nobody_elses_receipt_shows_it(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    answered(n.dana, concern)
    link = n.setting.link_to("concerns:receipt", concern.pk)

    assert signed_in(n.sam).get(link).status_code == 404
