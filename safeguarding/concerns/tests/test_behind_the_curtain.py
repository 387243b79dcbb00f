"""Whoever comes to be close to a child sees no message about its file, or glass broken for it (R15)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.report import Person, Report
from safeguarding.notifications import post
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from tests.people import signed_in

from .given import a_case, a_report, again, agreed, filed, url

FOR_KIT: dict[str, Any] = {"recipient": "His father", "purpose": "He asked to see it"}
ASKED = "Somebody asked for something that takes a second person"
pytestmark = pytest.mark.django_db


def messages(member: Member) -> set[str]:
    return {one.kind for one in Notification.objects.readable_by(again(member))}


def about_kit(n: Nursery) -> Report:
    return a_report("welfare-concern", Person("harmed", child=n.kit))


def tied(n: Nursery, member: Member, kind: str) -> None:
    if kind == "carer":
        family = n.kit.family
        assert family
        people.add_carer(by=member, family=family, name=member.name, relation="Aunt", member=member)
    else:
        people.declare_relationship(by=member, about=member, kind=kind, child=n.kit)


@pytest.mark.parametrize("kind", ["relative", "household", "close", "carer"])
def test_who_is_close_to_a_child_sees_no_word_of_the_file_that_is_asked_for(
    sunflowers: Nursery, kind: str
) -> None:
    n = sunflowers
    a_case(n.priya, n.dana, about_kit(n))
    approval = actions.ask_to_print_file(by=n.dana, child=n.kit, **FOR_KIT)
    [mail] = Delivery.objects.filter(notification__recipient=n.morgan, sent_at=None)
    browser = signed_in(n.morgan)
    assert ASKED in browser.get(n.setting.home).text

    tied(n, n.morgan, kind)

    assert "approval_wanted" not in messages(n.morgan)
    assert ASKED not in browser.get(n.setting.home).text
    assert browser.get(approval.get_absolute_url()).status_code == 404
    assert mail not in Delivery.objects.not_kept_from(again(n.morgan))
    assert not post.send(str(mail.pk))
    assert "approval_wanted" in messages(n.devi)


def test_nor_that_it_was_answered_where_they_asked_themselves(sunflowers: Nursery) -> None:
    n = sunflowers
    a_case(n.priya, n.dana, about_kit(n))
    approval = actions.ask_to_print_file(by=n.dana, child=n.kit, **FOR_KIT)
    agreed(approval)
    assert "approval_answered" in messages(n.dana)
    tied(n, n.dana, "relative")
    assert "approval_answered" not in messages(n.dana)
    with pytest.raises(PermissionDenied):
        actions.ask_to_print_file(by=again(n.dana), child=n.kit, **FOR_KIT)
    copy = approval.paper
    with pytest.raises(PermissionDenied):
        actions.take_paper(by=again(n.dana), copy=copy)
    assert (
        url(n, "print_file", n.kit.pk)
        not in signed_in(n.dana).get(url(n, "childs_file", n.kit.pk)).text
    )


def test_nor_of_glass_that_was_broken_for_the_child(sunflowers: Nursery) -> None:
    n = sunflowers
    filed(n.priya, about_kit(n))
    actions.break_glass(by=n.morgan, child=n.kit, code="agency", reason="The police are here.")
    assert "glass_broken" in messages(n.dana)

    tied(n, n.dana, "relative")

    assert "glass_broken" not in messages(n.dana)
    assert not Clock.objects.owned_by(again(n.dana)).filter(subject_kind="glass").exists()
    assert "glass_broken" in messages(n.cleo)
