"""Pausing the public form, opening it again, and who may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from foundation.evidence import findings
from safeguarding.concerns.models import Concern
from safeguarding.directory.actions import Details, change_contact
from safeguarding.directory.models import Contact
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Member
from safeguarding.portal import actions
from tests.people import signed_in

from .given import come_back, page, sent, told

WHY = "The office is closed for two weeks."


def test_a_paused_form_says_whom_to_call_and_not_why(sunflowers: Nursery) -> None:
    morgan = signed_in(sunflowers.morgan)
    assert morgan.post(page(sunflowers, "keep"), {"reason": WHY}).status_code == 302

    shown = Client().get(page(sunflowers)).content.decode()
    for words in ("999", "CEOP", "LADO", "Ofsted", "0800 028 0285", "complaints procedure"):
        assert words in shown
    assert WHY not in shown
    assert "<form" not in shown
    assert WHY in morgan.get(page(sunflowers, "keep")).content.decode()


def test_what_somebody_was_just_writing_and_codes_work_in_a_pause(sunflowers: Nursery) -> None:
    _, code = told(sunflowers)
    actions.pause_form(by=sunflowers.morgan, reason=WHY)

    assert sent(sunflowers, what="I was still writing.").status_code == 200
    assert "I was still writing." in {one.saw for one in Concern.objects.all()}
    assert come_back(sunflowers, code, text="More.").status_code == 200


def test_nobody_pauses_it_unnoticed(sunflowers: Nursery) -> None:
    actions.pause_form(by=sunflowers.dana, reason=WHY)

    rows = Notification.objects.filter(kind="public_form_paused").select_related("recipient__user")
    names = {row.recipient.user.name.split()[0] for row in rows}
    assert names == {"Devi", "Morgan", "Wren", "Cleo"}


def test_it_is_not_forgotten(sunflowers: Nursery) -> None:
    """It stands on Today of those who keep it for as long as it rests; the mail is read once."""

    def says_so(member: Member) -> bool:
        return "public form is paused" in signed_in(member).get(member.setting.home).text

    assert not says_so(sunflowers.dana)
    actions.pause_form(by=sunflowers.dana, reason=WHY)
    assert says_so(sunflowers.dana)
    assert says_so(sunflowers.cleo)
    assert not says_so(sunflowers.priya)
    actions.open_form(by=sunflowers.morgan)
    assert not says_so(sunflowers.dana)


def test_it_is_opened_again(sunflowers: Nursery) -> None:
    actions.pause_form(by=sunflowers.dana, reason=WHY)
    morgan = signed_in(sunflowers.morgan)
    assert morgan.post(page(sunflowers, "keep"), {"open": "1"}).status_code == 302

    assert "<form" in Client().get(page(sunflowers)).content.decode()


@pytest.mark.parametrize("link", ["keep", "poster"])
def test_only_those_who_keep_it_come_to_its_pages(sunflowers: Nursery, link: str) -> None:
    for person in (sunflowers.priya, sunflowers.pat, sunflowers.tariq):
        assert signed_in(person).get(page(sunflowers, link)).status_code == 403
    for person in (sunflowers.dana, sunflowers.morgan, sunflowers.cleo):
        assert signed_in(person).get(page(sunflowers, link)).status_code == 200


def test_a_pause_is_late_and_the_past_still_shows_the_past(sunflowers: Nursery) -> None:
    before = timezone.now()
    actions.pause_form(by=sunflowers.dana, reason=WHY)
    paused = timezone.now()
    actions.open_form(by=sunflowers.dana)

    here = sunflowers.setting.pk
    moments = (before, paused, timezone.now())
    states = [findings([here], at)["OSP-11-CSE-02"][here].state for at in moments]
    assert states == ["met", "overdue", "met"]


def test_how_to_complain_is_owed_until_the_setting_says_it(sunflowers: Nursery) -> None:
    duty, here = "OSP-10-GEN-02c", sunflowers.setting.pk
    assert findings([here], timezone.now())[duty][here].state == "due"
    assert findings([here], timezone.now())["OSP-10-GEN-02d"][here].state == "met"
    contact = Contact.objects.current().get(setting=here, slug="complaints")
    details = Details(
        name="Write to the committee",
        kind="report",
        level="internal",
        audience=("parent",),
        when_to_use="You are unhappy with something here.",
        email="committee@sunflowers.example",
    )
    change_contact(by=sunflowers.dana, contact=contact, details=details)

    assert findings([here], timezone.now())[duty][here].state == "met"
    assert findings([here], timezone.now() - timedelta(hours=1))[duty][here].state == "due"
    assert "Write to the committee" in Client().get(page(sunflowers)).content.decode()
