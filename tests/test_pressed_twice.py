"""A button without a form that is pressed twice: the second press leads where the first one led.

Nobody reads that it cannot be done, or is not there, of what they have just done; and nobody stands in the
trail as refused.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry
from safeguarding.concerns import actions as concerns
from safeguarding.concerns.tests.given import a_case, about, filed, opened
from safeguarding.directory.models import Contact
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.people.tests.cast import hidden
from safeguarding.witness.actions import name_mailbox
from tests.people import signed_in

Button = tuple[Member, str, str]  # who presses it, the page it stands on, where it is sent


def back_again(n: Nursery) -> Button:
    today = timezone.localdate()
    away = people.record_absence(
        by=n.dana, about=n.dana, starts=today, ends=today + timedelta(days=3)
    )
    return n.dana, "people:absences", n.setting.link_to("people:end_absence", away.pk)


def a_tie(n: Nursery) -> Button:
    tie = people.declare_relationship(by=n.dana, about=n.sam, other_member=n.priya, kind="friend")
    return n.morgan, "people:waiting", n.setting.link_to("people:confirm_tie", tie.pk)


def a_number(n: Nursery) -> Button:
    line = Contact.objects.filter(setting=n.setting).get(slug="nspcc", version=1)
    return n.dana, "directory:contacts", n.setting.link_to("directory:check", line.pk)


def a_report_taken_in(n: Nursery) -> Button:
    case, report = a_case(n.priya, n.dana), filed(n.sam)
    link = n.setting.link_to("concerns:gather", report.pk, case.pk)
    return n.dana, n.setting.link_to("concerns:open_case", report.pk), link


def work_taken_over(n: Nursery) -> Button:
    case = a_case(n.priya, n.dana)
    offer = concerns.hand_work_over(by=n.dana, to=n.devi, cases={case: ""}, reports=[], reason="x")
    page = n.setting.link_to("concerns:work_handover", offer.pk)
    return n.devi, page, n.setting.link_to("concerns:take_work", offer.pk)


def what_was_asked_for(n: Nursery) -> Button:
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    said = {"recipient": "Ruth Field", "purpose": "Meeting"}
    asked = concerns.ask_to_print_case(by=n.dana, case=case, **said)  # type: ignore[arg-type]
    page = asked.get_absolute_url()
    return n.dana, page, n.setting.link_to("approvals:withdraw", asked.pk)


def a_mailbox(n: Nursery) -> Button:
    box = name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
    return n.morgan, "witness:record", n.setting.link_to("witness:remove_mailbox", box.pk)


@pytest.mark.parametrize(
    "given",
    [
        back_again,
        a_tie,
        a_number,
        a_report_taken_in,
        work_taken_over,
        what_was_asked_for,
        a_mailbox,
    ],
)
def test_pressed_twice_it_leads_where_it_led_and_refuses_nobody(
    sunflowers: Nursery, given: Callable[[Nursery], Button]
) -> None:
    who, page, sent_to = given(sunflowers)
    browser = signed_in(who)
    page = page if page.startswith("/") else sunflowers.setting.link_to(page)
    note = {"written_by": hidden(browser.get(page), "written_by")}  # type: ignore[arg-type]
    first, again = (browser.post(sent_to, note) for _ in range(2))

    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"]
    assert not Entry.objects.filter(event__endswith=".refused").exists()
