"""A case that comes to be about a picture changes no figure: not of the days before, and none after (R31)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.evidence import Finding, findings
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import (
    IMAGE,
    WELFARE,
    a_case,
    a_report,
    case_on_paper,
    file_on_paper,
    filed,
)
from safeguarding.concerns.tests.walker import Walker
from safeguarding.procedures.library import definitions
from tests.people import signed_in

from .given import taken

DEVICES, SUPPORT = "OSP-11-SVH-04", "MTSM-8.3.6a"


@pytest.fixture
def case(sunflowers: Nursery) -> Case:
    n = sunflowers
    return a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))


def becomes_guarded(n: Nursery, case: Case) -> None:
    why = "There may be a picture."
    actions.reclassify_case(by=n.dana, case=case, record_class="C4", reason=why)
    case.refresh_from_db()


def work(n: Nursery, case: Case) -> None:
    """Of everything that a figure counts, something."""
    actions.give_support(by=n.dana, case=case, text="A quiet corner.", child=n.kit)
    actions.add_file(by=n.dana, case=case, name="a.txt", content=b"Words.", text="Hers.")
    case_on_paper(n.dana, case, recipient="Ruth Field", purpose="Meeting")
    item = actions.take_into_custody(
        by=n.dana, case=case, device=Device("Tablet", "ours", "Sam"), place="Safe"
    )
    actions.offer_handover(by=n.dana, item=item, receiver=Receiver(to=n.tariq), place="Safe")


def figures(n: Nursery, at: datetime | None = None) -> dict[str, Finding]:
    """Every figure of every duty."""
    found = findings([n.setting.pk], at or timezone.now())
    return {duty: rows[n.setting.pk] for duty, rows in found.items() if n.setting.pk in rows}


def test_what_counted_goes_on_counting_also_of_days_that_are_over(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    work(n, case)
    then, before = timezone.now(), figures(n)
    assert (before[DEVICES].kept, before[DEVICES].owed, before[SUPPORT].kept) == (1, 1, 1)

    with time_machine.travel(then + timedelta(minutes=5), tick=True):
        becomes_guarded(n, case)
        assert figures(n, then) == before
        assert figures(n) == before


def test_nothing_that_is_written_afterwards_counts(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    becomes_guarded(n, case)
    before = figures(n)
    actions.give_support(by=n.dana, case=case, text="A quiet corner.", child=n.kit)
    walker = Walker(n, case)
    walker.walk(leaving_out=True)
    after = figures(n)

    assert {one: after[one].kept for one in after} == {one: before[one].kept for one in before}


def test_a_picture_procedure_begun_later_leaves_the_past_as_it_was(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    Walker(n, case).walk(leaving_out=True, until="review")
    then, before = timezone.now(), figures(n)
    picture = next(one for one in definitions().values() if one.record_class == "C4")
    actions.start_procedure(by=n.dana, case=case, definition=picture, reason="He has a picture.")

    assert Case.objects.get(pk=case.pk).record_class == "C4"
    assert figures(n, then) == before


def test_the_committee_does_not_see_it(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    taken(n, DEVICES)
    work(n, case)

    def seen() -> str:
        page = signed_in(n.omar).get(n.setting.link_to("governance:duty", DEVICES))
        said: str = page.context["line"].says
        return said

    before = seen()
    becomes_guarded(n, case)
    assert seen() == before


def test_a_file_on_paper_counts_nowhere_where_a_report_about_a_picture_is_in_it(
    sunflowers: Nursery,
) -> None:
    """Also before anybody has decided on that report: the figure would say that there is one."""
    n = sunflowers
    filed(n.priya, a_report(IMAGE, Person("harmed", child=n.kit)))
    before = figures(n)
    file_on_paper(n.dana, n.kit, recipient="Ruth Field", purpose="Meeting")

    assert figures(n) == before
