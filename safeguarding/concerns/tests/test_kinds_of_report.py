"""What a report can be about: every procedure that people report, under a heading, in few words."""

import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from demo.cast import Nursery
from foundation.forms import Choice, Choices, Form
from safeguarding.concerns import kinds
from safeguarding.concerns.forms import OpenCaseForm, ReportForm, StartProcedureForm
from safeguarding.concerns.models import Concern
from safeguarding.procedures.library import definitions
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, about, filed, told, typed


def offered() -> list[str]:
    return [kind for _, members in kinds.choices() for kind, _ in members]


def test_every_procedure_that_people_report_is_offered_once() -> None:
    reported = {one.id for one in definitions().values() if one.report_as}

    assert sorted(offered()) == sorted([*reported, kinds.OTHER])


def test_the_last_two_are_for_whoever_finds_nothing_that_fits() -> None:
    assert kinds.choices()[-1][0] == "None of these"
    assert offered()[-2:] == [kinds.FALLBACK, kinds.OTHER]


def test_under_each_heading_the_most_common_comes_first() -> None:
    for heading, members in kinds.choices()[:-1]:
        places = [definitions()[kind].order for kind, _ in members]
        assert places == sorted(places), heading


def test_each_is_said_in_few_words_and_no_two_alike() -> None:
    words = [says for _, members in kinds.choices() for _, says in members]

    assert len(set(words)) == len(words)
    assert max(len(one) for one in words) <= 90


def test_the_form_shows_each_heading_as_one_with_its_choices(sunflowers: Nursery) -> None:
    page = signed_in(sunflowers.priya).get(sunflowers.setting.link_to("concerns:report"))
    question = page.content.decode().split("What is it about?")[1].split("Who is it about?")[0]
    groups = re.findall(r"<fieldset[^>]*><legend[^>]*>([^<]+)</legend>(.*?)</fieldset>", question)

    assert [heading for heading, _ in groups] == [heading for heading, _ in kinds.choices()]
    assert [re.findall(r'value="([^"]+)"', inside) for _, inside in groups] == [
        [kind for kind, _ in members] for _, members in kinds.choices()
    ]


def test_whoever_chose_nothing_is_taken_to_the_first_choice(sunflowers: Nursery) -> None:
    form = ReportForm(_posted(typed() | {"kind": ""}), member=sunflowers.priya)
    summary = render_to_string("components/error_summary.html", {"form": form})

    assert 'href="#id_kind_0"' in summary
    assert 'id="id_kind_0"' in str(form["kind"])


@pytest.mark.parametrize("people", [0, 1])
def test_a_report_about_what_an_adult_did_says_who_so_that_they_are_not_told(
    sunflowers: Nursery, people: int
) -> None:
    n = sunflowers
    link = n.setting.link_to("concerns:report")
    manager = {"who": f"member:{n.morgan.pk}", "part": "alleged"}
    child = {"who": f"child:{n.kit.pk}", "part": "harmed"}
    browser = signed_in(n.priya)

    answer = browser.post(link, typed("staff-device-breach", people=[child] * people))
    assert answer.status_code == 422
    assert "so that they are not told of it" in answer.content.decode()
    assert not Concern.objects.exists()

    assert browser.post(link, typed("staff-device-breach", people=[manager])).status_code == 302
    assert "Morgan" not in told(Concern.objects.get())


def test_a_further_procedure_is_chosen_under_the_same_headings(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    choices = dict(_choices(StartProcedureForm(None, case=case), "procedure"))

    assert list(choices) == [heading for heading in kinds.GROUPS.values() if heading in choices]
    ids = {one for members in choices.values() for one, _ in members}
    assert WELFARE not in ids, "it is under way"
    assert IMAGE in ids
    assert {definitions()[one].record_class for one in ids} == {"C1", "C2", "C4"}


def test_the_first_procedure_is_chosen_under_the_same_headings(sunflowers: Nursery) -> None:
    n, headings = sunflowers, list(kinds.GROUPS.values())
    # What is said of an adult here begins as a record of its own.
    for report, offered in ((a_report(), headings[:-1]), (about(n.sam), headings)):
        form = OpenCaseForm(None, concern=filed(n.priya, report), member=n.dana)
        assert [heading for heading, _ in _choices(form, "procedures")] == offered


def _choices(form: Form, name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    field = form.fields[name]
    assert isinstance(field, Choice | Choices)
    return list(field.choices)  # type: ignore[arg-type]


def _posted(answers: dict[str, str]) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted.update(answers)
    return posted
