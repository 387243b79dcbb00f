"""A case on paper: for a recipient and a purpose, whole, checkable, and on record."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.models import Approval
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, PaperCopy
from safeguarding.concerns.papers import case as whole_case
from safeguarding.concerns.papers.content import Content, digest_of
from safeguarding.concerns.papers.file import as_pdf
from safeguarding.concerns.report import Mark, Person
from safeguarding.directory.models import Contact
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.procedures.library import definitions
from tests.people import signed_in
from tests.standing import built_once

from .given import (
    GROOMING,
    IMAGE,
    SAID,
    a_case,
    a_report,
    about,
    again,
    agreed,
    case_on_paper,
    filed,
    opened,
)
from .test_how_it_ends import at_its_end, conclude

SENT: dict[str, Any] = {"recipient": "Ruth Field, social care", "purpose": "Strategy meeting"}


@built_once
def case(sunflowers: Nursery) -> Case:
    """A case with something of everything: a call, its correction, a decision, a referral, its reply."""
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING, Person("harmed", child=n.kit), think="Odd."))
    call = actions.add_entry(by=n.dana, case=case, kind="call", text="On Monday.")
    actions.add_entry(by=n.dana, case=case, kind="childs_words", text="“He is nice to me.”")
    actions.correct_entry(by=n.dana, case=case, entry=call, text="On Tuesday.")
    actions.decide(by=n.dana, case=case, to_act=True, text="Refer.", reasons="Contact by a man.")
    agency = Contact.objects.filter(setting=n.setting).takes_referrals()[0]
    referral = actions.refer(
        by=n.dana, case=case, agency=agency, route="By telephone", text="Rang."
    )
    actions.record_reply(by=n.dana, case=case, referral=referral, text="They will see him.")
    return case


def printed(n: Nursery, case: Case, **changes: object) -> Content:
    return case_on_paper(n.dana, case, **{**SENT, **changes}).content


def test_the_form_answers_with_a_tagged_pdf_whose_name_tells_nothing(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    browser = signed_in(n.dana)
    asked = browser.post(n.setting.link_to("concerns:print_case", case.pk), SENT)
    approval = Approval.objects.get()
    assert asked["Location"] == approval.get_absolute_url()
    assert not PaperCopy.objects.exists(), "nothing is made before another person says yes"
    agreed(approval)
    answer = browser.post(approval.of_kind.result(approval))

    assert answer["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in answer.content
    assert re.fullmatch(
        r'attachment; filename="copy-[0-9A-Z]{4}-[0-9A-Z]{4}-\d{4}-\d\d-\d\d\.pdf"',
        answer["Content-Disposition"],
    )


@pytest.mark.parametrize("missing", ["recipient", "purpose"])
def test_it_says_for_whom_and_why_or_is_not_made(
    sunflowers: Nursery, case: Case, missing: str
) -> None:
    n = sunflowers
    link = n.setting.link_to("concerns:print_case", case.pk)

    assert signed_in(n.dana).post(link, {**SENT, missing: " "}).status_code == 422
    with pytest.raises(RuleBroken, match="Nothing was printed"):
        printed(n, case, **{missing: " "})
    assert not PaperCopy.objects.exists()


def test_everything_written_stands_on_it(sunflowers: Nursery, case: Case) -> None:
    content = printed(sunflowers, case, with_readers=True)
    [report] = content["reports"]
    entries = {one["title"].partition(":")[0]: one for one in content["items"]}

    assert [(box["words"], box["verbatim"]) for box in report["boxes"]] == [
        (SAID, True),
        ("Odd.", False),
    ]
    assert report["role"] == "Practitioner"
    assert entries["The child's own words"]["verbatim"]
    assert entries["Telephone call"]["corrected_by"] == [entries["Correction"]["number"]]
    assert entries["Correction"]["corrects"] == entries["Telephone call"]["number"]
    assert ["Because", "Contact by a man."] in entries["Decision"]["lines"]
    assert entries["Reply from an agency"]["text"] == "They will see him."
    assert content["people"] == ["Kit Lindqvist: may have been harmed"]
    assert {row[0] for row in content["readers"]} == {"Dana Okafor", "Devi Sharma"}
    assert printed(sunflowers, case)["readers"] == []
    assert len(content["items"]) == case.entries.count()


def test_who_was_let_in_by_a_rule_is_said_to_be(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    case.need_to_know.create(setting=n.setting, member=n.morgan, reason="led by nobody")

    readers = printed(n, case, with_readers=True)["readers"]
    assert ["Morgan Hughes", "led by nobody (by a rule)"] in [row[:2] for row in readers]


def test_how_it_turned_out_is_not_called_a_decision_to_act(sunflowers: Nursery) -> None:
    """On paper as on the page: the outcome itself says what follows."""
    walker = at_its_end(sunflowers)
    conclude(walker, "guidance")

    content = whole_case.content_of(walker.case)
    [outcome] = [one for one in content["items"] if one["title"].startswith("Outcome")]
    assert outcome["title"] == "Outcome"


def test_an_author_stands_there_with_the_role_of_that_day(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    people.grant_role(by=n.morgan, to=n.priya, role=Role.TECHNICAL)
    ended = people.end_role(
        by=n.morgan, held=n.priya.roles_held.get(role="practitioner"), reason="x"
    )

    assert ended.counts
    assert printed(n, case)["reports"][0]["role"] == "Practitioner, Technical support"


def test_the_digest_is_of_what_stands_on_it_and_the_trail_holds_it(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    first, second = printed(n, case), printed(n, case, recipient="The police")
    line = Line.objects.filter(event="case.printed").latest("seq")

    assert first["digest"] == second["digest"], "the same record, whoever it is for"
    assert (
        second["digest"] == line.details["digest"] == PaperCopy.objects.latest("created_at").digest
    )
    assert second["trail"] == line.link
    stamps = ("copy", "recipient", "purpose", "printed", "digest", "trail")
    of_the_record = {name: said for name, said in first.items() if name not in stamps}
    assert digest_of(of_the_record) == first["digest"]
    assert digest_of(dict(reversed(of_the_record.items()))) == first["digest"]

    actions.add_entry(by=n.dana, case=case, text="One word more.")
    assert printed(n, case)["digest"] != first["digest"]


def test_the_trail_knows_no_words_of_it(sunflowers: Nursery, case: Case) -> None:
    printed(sunflowers, case)
    line = Line.objects.get(event="case.printed")

    assert set(line.details) == {"copy", "digest"}
    assert line.subject_id == case.pk


def test_the_same_content_is_the_same_paper(sunflowers: Nursery, case: Case) -> None:
    content = printed(sunflowers, case)

    assert as_pdf(content) == as_pdf(dict(content))


def test_who_reads_the_case_sees_to_whom_it_went(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    printed(n, case)
    for page in ("concerns:readers", "concerns:chronology"):
        text = signed_in(n.devi).get(n.setting.link_to(page, case.pk)).content.decode()
        assert SENT["recipient"] in text
        assert SENT["purpose"] in text
    assert not PaperCopy.objects.readable_by(n.morgan).exists()
    assert not PaperCopy.objects.readable_by(n.priya).exists()


@pytest.mark.parametrize("who", ["devi", "morgan"])
def test_reading_a_case_is_not_enough_to_give_it_out(
    sunflowers: Nursery, case: Case, who: str
) -> None:
    n = sunflowers
    if who == "morgan":
        actions.let_know(by=n.dana, case=case, member=n.morgan, reason="plans the staff")
    member = n.people[who]
    link = n.setting.link_to("concerns:print_case", case.pk)
    browser = signed_in(member)

    assert browser.get(link).status_code == browser.post(link, SENT).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.ask_to_print_case(by=member, case=case, **SENT)
    page = browser.get(n.setting.link_to("concerns:case", case.pk)).content.decode()
    assert "Make a printed copy" not in page


def test_about_an_adult_the_paper_is_made_by_those_on_the_list_and_the_subject_sees_none(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = opened(n.morgan, filed(n.priya, about(n.dana)))
    actions.let_know(by=n.morgan, case=case, member=n.cleo, reason="the second person")
    case_on_paper(again(n.morgan), case, **SENT)

    assert not PaperCopy.objects.readable_by(n.dana).exists()
    link = n.setting.link_to("concerns:print_case", case.pk)
    assert signed_in(n.dana).get(link).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.ask_to_print_case(by=n.dana, case=case, **SENT)


def test_an_imagery_case_prints_words_and_says_so(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    content = printed(n, case)

    assert content["imagery"]
    assert b"/Subtype/Image" not in as_pdf(content)


def test_so_does_one_about_an_adult_and_pictures_and_the_coach_knows(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam))
    staff = definitions()["indecent-images-staff"]
    actions.start_procedure(by=n.dana, case=case, definition=staff, reason="So it seems.")
    actions.let_know(by=n.dana, case=case, member=n.cleo, reason="the second person")
    browser, link = signed_in(n.dana), n.setting.link_to
    said = {"kind": "note", "text": "Then i took a screenshot for you.", "look": "words"}

    coached = browser.post(link("concerns:work", case.pk, "entry"), said).content.decode()

    assert "Words only" in browser.get(link("concerns:print_case", case.pk)).content.decode()
    assert printed(n, case)["imagery"]
    assert "Please copy, save or send nothing further" in coached


def test_marks_on_the_body_are_drawn_on_the_paper_with_a_list_beside_them(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    seen = Mark("front-left-knee", size="a 2p coin", colour="blue", whose="Kit")
    case = a_case(n.priya, n.dana, a_report(marks=(seen,)))
    actions.record_marks(by=n.dana, case=case, marks=[Mark("back-lower")], text="At nappy change.")
    content = printed(n, case)
    [report] = content["reports"]
    entry = next(one for one in content["items"] if one["title"] == "Marks on the body")

    assert report["marks"] == [
        {
            "number": 1,
            "place": "Left knee (front)",
            "looks": [["Child", "Kit"], ["Size", "a 2p coin"], ["Colour", "blue"]],
        }
    ]
    assert [len(side["dots"]) for side in report["figure"]] == [1, 0]
    assert [len(side["dots"]) for side in entry["figure"]] == [0, 1]
    paper = as_pdf(content)
    assert b"/Subtype/Image" not in paper, "drawn in lines, no picture"
    assert paper.count(b"Figure from the") >= 4, "said in words as well"
