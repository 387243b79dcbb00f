"""F24: what somebody may no longer do, they cannot do from their very next request on (rule R9)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.audit.trail import System
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, PaperCopy
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role
from tests.people import anew, signed_in
from tests.standing import built_once

from .given import a_case, a_report, agreed

SENT: dict[str, Any] = {"recipient": "Ruth Field", "purpose": "Meeting"}


@built_once
def case(sunflowers: Nursery) -> Case:
    n = sunflowers
    return a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))


def status(browser: Client, link: str) -> int:
    return int(browser.get(link).status_code)


def role_ends(n: Nursery) -> None:
    held = n.dana.roles_held.get()
    people.confirm_end(by=n.cleo, ending=people.end_role(by=n.morgan, held=held, reason="Left."))


def account_ends(n: Nursery) -> None:
    n.dana.user.is_active = False
    n.dana.user.save()


def password_changes(n: Nursery) -> None:
    n.dana.user.set_password("another quiet hedgehog indeed")
    n.dana.user.save()


def factor_is_removed(n: Nursery) -> None:
    people.remove_second_factor(by=System(OPERATOR, n.setting.pk), user=n.dana.user)


@pytest.mark.parametrize("end", [role_ends, account_ends, password_changes, factor_is_removed])
def test_f24_every_session_is_over_with_the_next_request(
    sunflowers: Nursery, case: Case, end: Callable[[Nursery], None]
) -> None:
    """On every computer: also in one that was signed in long ago."""
    n = sunflowers
    office, home = signed_in(n.dana), signed_in(n.dana)
    pages = [case.path, n.setting.link_to("concerns:chronology", case.pk)]
    assert {status(one, page) for one in (office, home) for page in pages} == {200}
    end(n)

    for browser in (office, home):
        answer = browser.get(pages[0])
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_f24_who_is_taken_off_a_list_reads_nothing_more(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    granted = actions.let_know(by=n.dana, case=case, member=n.morgan, reason="plans the staff")
    browser = signed_in(n.morgan)
    assert status(browser, case.path) == 200
    actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="Done.")

    assert status(browser, case.path) == 404


def test_f24_a_role_of_two_goes_and_the_other_stays(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    browser = signed_in(n.devi)
    assert status(browser, case.path) == 200
    people.end_role(by=n.devi, held=n.devi.roles_held.get(role="deputy"), reason="Too much.")

    assert status(browser, case.path) == 302, "signed out"
    again = signed_in(anew(n.devi))
    assert status(again, case.path) == 404
    assert status(again, n.setting.home) == 200


def test_f24_papers_that_wait_or_were_not_taken_die_with_the_role(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    approved = agreed(actions.ask_to_print_case(by=n.dana, case=case, **SENT))
    waiting = actions.ask_to_print_file(by=n.dana, child=n.kit, **SENT)
    copy, link = PaperCopy.objects.get(), approved.of_kind.result(approved)
    role_ends(n)

    with pytest.raises(RuleBroken, match="may not do this any more"):
        approve(by=n.devi, approval=waiting, seen=waiting.digest)
    with pytest.raises(Exception, match="Whoever asked for a paper"):
        actions.take_paper(by=anew(n.dana), copy=copy)
    people.grant_role(by=n.morgan, to=n.dana, role=Role.PRACTITIONER)
    assert signed_in(anew(n.dana)).post(link).status_code in {403, 404}
