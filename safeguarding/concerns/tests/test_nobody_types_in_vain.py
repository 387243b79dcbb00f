"""Whoever may only read a case is led to no form; whoever broke the glass is led to one: to add."""

import pytest

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from tests.people import signed_in

from .given import a_case, url
from .test_f25_break_glass import broken, harmed


def addresses(n: Nursery, case: Case) -> dict[str, str]:
    run, works = case.runs.get(), ("entry", "decision", "referral", "support", "marks", "device")
    steps = {one: url(n, one, case.pk, run.pk, "tell-manager") for one in ("step", "leave_out")}
    return {one: url(n, "work", case.pk, one) for one in works} | steps


def test_who_only_reads_a_case(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="Looks after the room.")
    browser = signed_in(n.morgan)
    shown = browser.get(url(n, "case", case.pk)).content.decode()
    assert case.title in shown
    for address in addresses(n, case).values():
        assert address not in shown
        assert browser.get(address).status_code == 403


@pytest.mark.parametrize(("what", "status"), [("entry", 200), ("decision", 403), ("referral", 403)])
def test_who_broke_the_glass_adds_and_decides_nothing(
    sunflowers: Nursery, what: str, status: int
) -> None:
    n = sunflowers
    case = harmed(n, n.kit)
    broken(n.morgan, n.kit)
    browser, address = signed_in(n.morgan), addresses(n, case)[what]
    shown = browser.get(url(n, "case", case.pk)).content.decode()
    assert (address in shown) == (status == 200)
    assert browser.get(address).status_code == status
