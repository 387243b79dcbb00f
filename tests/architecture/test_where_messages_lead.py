"""Whoever may no longer open what a message led to is not led there: by the hand-written table of doors."""

import ast
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest

from demo.cast import Nursery
from safeguarding.audit.models import Entry
from safeguarding.concerns.actions import end_need_to_know, let_know
from safeguarding.concerns.tests.given import a_case
from safeguarding.notifications.models import Notification
from safeguarding.notifications.reach import PAGES, closed_to
from safeguarding.people.models import Member, RoleHeld
from safeguarding.people.roles import Role
from tests.people import anew, signed_in

from .examples import Examples
from .source import modules, short, tree
from .test_f22_tenant_role_url import ADDRESSES, table

PAGE = re.compile(r"(?:[a-z_]+):[a-z_]+")
TELLS = ("notify(", "start_clock", "Owed(")


def led_to() -> Iterator[str]:
    """Each page that an action names where it tells somebody, or has a clock run."""
    for path in modules():
        if "/actions" in short(path) and any(one in path.read_text("utf-8") for one in TELLS):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Constant) and str(node.value) in ADDRESSES:
                    yield str(node.value)


def told(member: Member, path: str) -> Notification:
    ids = {"subject_id": (about := uuid4()), "about_id": about}
    said = {"kind": "clock_missed", "path": path, **ids}
    return Notification.objects.create(setting=member.setting, recipient=member, **said)


def test_of_each_page_that_a_message_leads_to_it_is_known_to_whom_it_is_open() -> None:
    named = set(led_to())
    assert len(named) > 15
    unknown = {one for one in named - PAGES.keys() if table()["inside"][one] != "everyone"}
    assert unknown == set(), "say in reach.py of the app to whom it is open"


@pytest.mark.once
def test_a_message_has_a_link_for_whoever_gets_in_and_for_nobody_else(
    both: tuple[Examples, Examples],
) -> None:
    here, cast = both[0], both[0].nursery.people
    wrong = set()
    for name in PAGES:
        path = here.path(ADDRESSES[name].filled(here.of(ADDRESSES[name])))
        get_in = table()["inside"][name].split()
        for who, member in cast.items():
            is_open = not closed_to(anew(member), [told(member, path)])
            if is_open != (who in get_in or get_in == ["everyone"]):
                wrong.add(f"{name} for {who}: {'open' if is_open else 'closed'}")
    assert wrong == set()


def test_whoever_left_a_list_is_led_nowhere_and_knocks_at_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    let_in = let_know(by=n.dana, case=case, member=n.morgan, reason="Plans the staff.")
    message = Notification.objects.get(kind="let_into_case", recipient=n.morgan)
    browser, inbox = signed_in(n.morgan), n.setting.link_to("notifications:messages")
    assert message.open_path in browser.get(inbox).text
    end_need_to_know(by=n.dana, case=case, granted=let_in, reason="Not any more.")

    assert message.open_path not in browser.get(inbox).text
    assert browser.get(message.open_path)["Location"] == inbox
    assert "is not open to you any more" in browser.get(inbox).text
    assert not Entry.objects.filter(event="case.refused").exists()


def test_whoever_helps_no_more_with_what_is_technical_is_led_nowhere(
    both: tuple[Examples, Examples],
) -> None:
    here, n = both[0], both[0].nursery
    page = ADDRESSES["concerns:technical_step"]
    message = told(n.tariq, here.path(page.filled(here.of(page))))
    assert not closed_to(anew(n.tariq), [message])
    RoleHeld.objects.filter(member=n.tariq).update(role=Role.PRACTITIONER)
    assert closed_to(anew(n.tariq), [message]) == {message.pk}
