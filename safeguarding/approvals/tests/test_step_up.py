"""Before papers or power are given, the second check is asked for anew: a screen may stand open (T13)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import a_case, a_report
from tests.architecture.addresses import inside
from tests.people import signed_in

FRESH = {
    *("approvals:approve", "concerns:print_case", "concerns:print_file", "concerns:paper"),
    *("concerns:let_know", "concerns:break_glass", "people:grant_role", "people:confirm_role"),
    *("people:add_member", "people:import", "people:invite", "people:confirm_key"),
    "people:rename",
    *("lock:passphrase", "lock:sheets", "backups:sheets", "concerns:destroy"),
}


def test_these_pages_ask_for_it_anew() -> None:
    fresh = {str(one) for one in inside() if _is_fresh(one.view)}

    assert fresh >= FRESH


def _is_fresh(view: object) -> bool:
    """Whether any of the wrappers of a page asks for the check just now."""
    while view is not None:
        if getattr(view, "is_fresh", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.parametrize("minutes", [4, 6])
def test_after_five_minutes_it_is_asked_for_again_and_what_was_typed_is_kept(
    sunflowers: Nursery, minutes: int
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))
    link = n.setting.link_to("concerns:print_case", case.pk)
    browser = signed_in(n.dana)
    page = browser.get(link)
    sent = {"recipient": "Ruth Field", "purpose": ""}
    for name in ("written_by",):
        if f'name="{name}"' in page.content.decode():
            sent[name] = page.content.decode().split(f'name="{name}" value="')[1].split('"')[0]
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        answer = browser.post(link, sent)
        if minutes < 5:
            assert answer.status_code == 422, "it is looked at as ever"
            return
        address = urlsplit(answer["Location"])
        asked = parse_qs(address.query)
        assert (answer.status_code, asked["again"]) == (302, ["yes"])
        assert "held=" in asked["next"][0], "what was typed is kept"
        assert browser.get(case.path).status_code == 200, "reading goes on as before"
        on = browser.get(answer["Location"])
        assert link not in on.get("Location", ""), "it does not just go back"
