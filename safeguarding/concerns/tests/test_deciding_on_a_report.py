"""What becomes of a report: a case, part of a case, or nothing further, and never without a reason."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.listing import page_of_waiting
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from tests.people import signed_in

from .given import GROOMING, IMAGE, WELFARE, a_report, about, filed, opened


def test_a_case_starts_with_the_report_its_people_and_its_procedure(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    case = opened(n.dana, concern, let_know=[n.priya])

    assert Concern.objects.get().gathered.case == case
    assert [str(one) for one in case.everyone_involved()] == ["Kit Lindqvist: may have been harmed"]
    assert [run.definition_id for run in case.runs] == [WELFARE]
    assert case.aware_at == concern.created_at
    assert {row.member for row in case.need_to_know.all()} == {n.dana, n.priya}
    assert not Clock.objects.running().filter(subject_id=concern.pk).exists()
    assert Notification.objects.filter(recipient=n.priya, kind="report_acted_on").exists()


@pytest.mark.parametrize(("kind", "looser"), [(GROOMING, "C1"), (IMAGE, "C1"), (IMAGE, "C2")])
def test_a_case_is_never_guarded_less_than_its_report(
    sunflowers: Nursery, kind: str, looser: str
) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(kind))

    with pytest.raises(RuleBroken, match="as closely as the report"):
        opened(n.dana, concern, record_class=looser, procedures=[WELFARE])
    assert not Case.objects.exists()


@pytest.mark.parametrize("other", ["C1", "C2", "C4"])
def test_a_report_about_an_adult_here_stays_an_allegation(sunflowers: Nursery, other: str) -> None:
    concern = filed(sunflowers.priya, about(sunflowers.sam))

    with pytest.raises(RuleBroken, match="allegation case"):
        opened(sunflowers.dana, concern, record_class=other)


@pytest.mark.parametrize(
    ("procedure", "class_"), [(IMAGE, "C4"), (GROOMING, "C2"), ("radicalisation-child", "C2")]
)
def test_a_case_is_guarded_as_closely_as_its_procedure_asks(
    sunflowers: Nursery, procedure: str, class_: str
) -> None:
    n = sunflowers
    with pytest.raises(RuleBroken, match=f"guarded more closely.*{class_}"):
        opened(n.dana, filed(n.priya), procedures=[procedure])
    case = opened(n.dana, filed(n.priya), procedures=[procedure], record_class=class_)
    assert case.runs.get().definition_id == procedure


@pytest.mark.parametrize(
    "chosen",
    [
        {"record_class": "C3"},
        {"procedures": ["staff-misuse"]},
    ],
)
def test_what_is_said_of_an_adult_begins_as_a_record_of_its_own(
    sunflowers: Nursery, chosen: dict[str, Any]
) -> None:
    """A case about one would hide the report from others who may read it."""
    n, concern = sunflowers, filed(sunflowers.priya)
    with pytest.raises(RuleBroken, match="It is about an adult who works or helps here"):
        opened(n.dana, concern, **chosen)
    page = signed_in(n.dana).get(n.setting.link_to("concerns:open_case", concern.pk)).content
    assert b'value="C3"' not in page
    assert b"staff-misuse" not in page


@pytest.mark.parametrize("procedures", [["no-such"], [WELFARE, "no-such"]])
def test_only_procedures_that_exist_are_followed(
    sunflowers: Nursery, procedures: list[str]
) -> None:
    with pytest.raises(RuleBroken, match="at least one procedure"):
        opened(sunflowers.dana, filed(sunflowers.priya), procedures=procedures)


@pytest.mark.parametrize("report", ["picture", "adult"])
def test_a_picture_or_an_allegation_cannot_be_put_aside(sunflowers: Nursery, report: str) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(IMAGE) if report == "picture" else about(n.sam))

    with pytest.raises(RuleBroken, match="always becomes a case"):
        actions.put_aside(by=n.dana, concern=concern, reasons="It was nothing.")


def test_putting_a_report_aside_needs_reasons(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    link = n.setting.link_to("concerns:put_aside", concern.pk)

    assert signed_in(n.dana).post(link, {"reasons": "  "}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.put_aside(by=n.dana, concern=concern, reasons="")
    assert signed_in(n.dana).post(link, {"reasons": "A cartoon."}).status_code == 302
    assert not Clock.objects.running().filter(subject_id=concern.pk).exists()
    assert concern in Concern.objects.readable_by(n.dana)


def test_what_is_decided_is_decided_once(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    opened(n.dana, concern)

    for again in (
        lambda: opened(n.dana, concern),
        lambda: actions.put_aside(by=n.dana, concern=concern, reasons="Twice."),
        lambda: actions.gather(by=n.dana, concern=concern, case=Case.objects.get()),
    ):
        with pytest.raises(RuleBroken, match="already decided"):
            again()


def test_what_waits_is_shown_oldest_first_by_when_it_was_sent(sunflowers: Nursery) -> None:
    n, sent = sunflowers, timezone.now() - timedelta(hours=3)
    later = filed(n.priya)
    earlier = actions.file_report(by=n.sam, key=uuid4(), report=a_report(), filed_at=sent)
    opened(n.dana, filed(n.priya))

    rows = page_of_waiting(n.dana, None).rows

    assert list(rows) == [earlier, later]
    assert rows[0].undecided.created_at == rows[0].created_at


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL goes by how much there is")
def test_what_waits_is_looked_for_where_it_waits(sunflowers: Nursery) -> None:
    """Among all reports, the page of a setting would take longer with each year."""
    n = sunflowers
    filed(n.priya)
    with CaptureQueriesContext(connection) as asked:
        page_of_waiting(n.dana, None)
    *_, query = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        plan = [row[3] for row in cursor.fetchall()]

    assert "undecided_by_time" in plan[0]
    assert not any("concerns_by_time" in line or "TEMP B-TREE" in line for line in plan)


def test_what_was_put_aside_is_taken_forward_when_more_comes(sunflowers: Nursery) -> None:
    n = sunflowers
    concern, dana = filed(n.priya), signed_in(n.dana)
    actions.put_aside(by=n.devi, concern=concern, reasons="It was a cartoon.")
    page = dana.get(n.setting.link_to("concerns:concern", concern.pk)).content.decode()
    link = n.setting.link_to("concerns:open_case", concern.pk)
    assert link in page
    assert "It was put aside before" in dana.get(link).content.decode()

    case = opened(n.dana, concern)
    said = [entry.text for entry in case.entries.filter(kind="note")]
    assert any("by Devi Sharma, because: It was a cartoon." in text for text in said)
    assert dana.get(link).status_code == 302
    with pytest.raises(RuleBroken, match="already decided"):
        opened(n.dana, concern)


def test_what_was_put_aside_may_be_added_to_a_case(sunflowers: Nursery) -> None:
    n = sunflowers
    case, concern = opened(n.dana, filed(n.priya)), filed(n.priya, a_report(heard="Again."))
    actions.put_aside(by=n.devi, concern=concern, reasons="It was a cartoon.")
    link = n.setting.link_to("concerns:gather", concern.pk, case.pk)

    assert signed_in(n.dana).post(link).status_code == 302
    assert signed_in(n.dana).post(link).status_code == 404
    assert case.gathered.filter(concern=concern).exists()
