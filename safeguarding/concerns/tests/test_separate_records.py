"""What is said of an adult gets a record of its own; what it arose from does not change by a letter (R12)."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize
from django.db import models
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.models import Case, Concern, Involvement, Origin
from safeguarding.concerns.report import Person, Report
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.procedures.library import definitions
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import GROOMING, IMAGE, WELFARE, a_case, a_report, about, filed, opened, told, typed

DATE = ("day", "month", "year")


def said_of(*adults: Member, **changes: Any) -> Report:
    people_in_it = [Person("alleged", member=one) for one in adults]
    return a_report(kinds.ALLEGATION, *people_in_it, **changes)


def begun(by: Member, source: Case | Concern, report: Report) -> Concern:
    return actions.start_allegation(by=by, source=source, key=uuid4(), report=report)


def everything_on(records: Iterable[models.Model]) -> list[Any]:
    return [json.loads(serialize("json", [one])) for one in records]


def all_of(case: Case) -> list[Any]:
    """The case with every row that belongs to it, as it stands in the database."""
    rows: list[models.Model] = [Case.objects.get(pk=case.pk), *case.runs]
    for name in ("entries", "involvements", "need_to_know", "gathered", "closures"):
        rows += getattr(case, name).order_by("created_at", "pk")
    rows += Clock.objects.filter(subject_id=case.pk).order_by("key")
    return everything_on(rows)


@pytest.mark.parametrize("kind", [WELFARE, GROOMING, IMAGE])
def test_a_record_about_the_lead_leaves_her_case_as_it_was(sunflowers: Nursery, kind: str) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(kind, Person("harmed", child=n.kit)))
    pages = [n.setting.link_to(f"concerns:{one}", case.pk) for one in ("case", "chronology")]
    pages += [n.setting.link_to(page) for page in ("concerns:cases", "concerns:waiting")]
    browser = signed_in(n.dana)
    before = all_of(case), [browser.get(page).content for page in pages]

    concern = begun(n.devi, case, said_of(n.dana))

    assert all_of(case) == before[0]
    after = [browser.get(page).content for page in pages]
    assert [len(one) for one in after] == [len(one) for one in before[1]]
    assert Origin.objects.get().from_case == case
    assert told(concern) == {"Morgan", "Devi"}
    [record] = Case.objects.filter(gathered__concern=concern)
    assert record.record_class == "C3"
    assert [run.definition_id for run in record.runs] == ["allegation"]
    assert not Case.objects.readable_by(n.dana).filter(pk=record.pk).exists()
    assert not Notification.objects.filter(recipient=n.dana, about_id=record.pk).exists()


def test_the_children_of_the_case_are_named_so_that_those_close_to_them_are_kept_out(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))
    link = n.setting.link_to("concerns:start_from_case", case.pk)
    browser = signed_in(n.dana)
    page = browser.get(link).content.decode()
    assert "LADO" in page
    assert "NSPCC" in page
    sent = {
        "who": f"member:{n.sam.pk}",
        "in_danger_now": "no",
        "saw": "He took Kit aside.",
        "told_lead": "yes",
        "key": str(uuid4()),
    }
    sent |= {f"happened_on_{one}": str(getattr(timezone.localdate(), one)) for one in DATE}
    answer = browser.post(link, sent)
    again = browser.post(link, sent)

    record = Case.objects.get(record_class="C3")
    assert answer["Location"] == again["Location"] == record.get_absolute_url()
    parts = {(one.part, one.person) for one in record.everyone_involved()}
    assert parts == {("alleged", "Sam Whitlock"), ("harmed", "Kit Lindqvist")}
    chronology = n.setting.link_to("concerns:chronology", record.pk)
    assert case.reference in browser.get(chronology).content.decode()
    for page in (chronology, record.get_absolute_url()):
        assert len(queries_of(browser, page)) <= MOST


def test_a_report_begun_from_starts_with_its_words_and_needs_a_name(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    link = n.setting.link_to("concerns:start_from_report", concern.pk)
    page = signed_in(n.dana).get(link).content.decode()
    assert concern.heard.split(" said")[0] in page

    answer = signed_in(n.dana).post(link, {"in_danger_now": "no", "heard": "x"})
    assert answer.status_code == 422
    assert "so that they do not see it" in answer.content.decode()
    assert not Origin.objects.exists()


def test_whoever_is_close_to_the_adult_begins_it_and_it_goes_on_without_them(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    people.declare_relationship(by=n.dana, about=n.dana, kind="close", other_member=n.sam)
    case = a_case(n.priya, n.dana)

    concern = begun(n.dana, case, said_of(n.sam))

    assert told(concern) == {"Morgan", "Devi"}
    assert not Case.objects.filter(gathered__concern=concern).exists(), "others open it"
    assert not Concern.objects.readable_by(n.dana).filter(pk=concern.pk).exists()


def test_only_those_who_deal_with_adults_begin_one_and_only_from_what_they_read(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    secret = opened(n.dana, filed(n.priya, a_report(GROOMING)))
    actions.let_know(by=n.dana, case=case, member=n.priya, reason="Kit’s key person.")

    for by, source in ((n.priya, case), (n.devi, opened(n.dana, filed(n.priya, about(n.sam))))):
        with pytest.raises(PermissionDenied):
            begun(by, source, said_of(n.sam))
    with pytest.raises(PermissionDenied):
        begun(n.morgan, secret, said_of(n.sam))
    with pytest.raises(RuleBroken, match="which adult"):
        begun(n.dana, case, a_report(kinds.ALLEGATION))


def test_no_case_about_a_child_turns_into_one_about_an_adult(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)

    with pytest.raises(RuleBroken, match="record of its own"):
        actions.reclassify_case(by=n.dana, case=case, record_class="C3", reason="About Sam.")
    for procedure in (kinds.ALLEGATION, kinds.LOW_LEVEL):
        with pytest.raises(RuleBroken, match="allegation record"):
            actions.start_procedure(
                by=n.dana, case=case, definition=definitions()[procedure], reason="About Sam."
            )
    for guarded in ("C1", "C3"):
        with pytest.raises(RuleBroken, match="allegation record"):
            opened(n.dana, filed(n.priya), record_class=guarded, procedures=[kinds.ALLEGATION])


def test_the_form_for_a_report_about_a_child_offers_no_record_about_an_adult(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    page = n.setting.link_to("concerns:open_case", filed(n.priya).pk)
    shown = signed_in(n.dana).get(page).content.decode()
    assert 'value="C1"' in shown
    assert 'value="C3"' not in shown
    assert f'value="{kinds.ALLEGATION}"' not in shown


def test_a_case_about_an_adult_always_has_the_lados_clock_or_is_low_level(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with pytest.raises(RuleBroken, match="follows the procedure for an allegation"):
        opened(n.dana, filed(n.priya, about(n.sam)), procedures=[WELFARE])

    case = opened(n.dana, filed(n.priya, about(n.sam)))
    clock = Clock.objects.get(subject_id=case.pk, key="allegation/tell-lado")
    assert clock.rule_id == "lado.refer"
    assert clock.started_at == case.aware_at


def test_the_steps_that_lead_to_an_adult_say_where_to_write_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    [run] = case.runs
    link = n.setting.link_to("concerns:step", case.pk, run.pk, "tell-manager-about-adult")

    page = signed_in(n.dana).get(link).content.decode()

    assert n.setting.link_to("concerns:start_from_case", case.pk) in page
    assert "may be able to read it" in page


def test_the_trail_says_that_a_record_was_begun_and_not_from_what(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    begun(n.devi, case, said_of(n.dana))

    lines = Line.objects.filter(setting_id=n.setting.pk, event="allegation.started")
    assert [line.details for line in lines] == [{}]
    assert not lines.filter(subject_id=case.pk).exists()


def test_a_name_is_asked_for_so_that_its_owner_does_not_see_it(sunflowers: Nursery) -> None:
    n = sunflowers
    link = n.setting.link_to("concerns:report")
    answer = signed_in(n.priya).post(link, typed(kinds.ALLEGATION))
    assert answer.status_code == 422
    assert "choose which adult it is about" in answer.content.decode()

    unknown = {"who": "else", "name": "the new cook", "works_here": "on", "part": "alleged"}
    answer = signed_in(n.priya).post(link, typed(kinds.ALLEGATION, people=[unknown]))
    assert answer.status_code == 302
    assert Involvement.objects.get().is_about_an_adult_here
