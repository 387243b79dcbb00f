"""Marks on a child's body: words and a place, drawn and listed, never a picture."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions, body
from safeguarding.concerns.models import BodyMark, Concern
from safeguarding.concerns.report import Mark, Person
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import IMAGE, SAID, WELFARE, a_case, a_report, about, filed, typed

CHEEK = Mark("front-left-cheek", size="as a 10p coin", colour="blue", words="He said: I fell.")
ELBOW = Mark("back-right-elbow", shape="round")


def row(number: int, **said: str) -> dict[str, str]:
    return {f"marks-{number}-{name}": words for name, words in said.items()}


def rows(*marks: dict[str, str]) -> dict[str, str]:
    total = {"marks-TOTAL_FORMS": str(len(marks)), "marks-INITIAL_FORMS": "0"}
    return total | {name: words for mark in marks for name, words in mark.items()}


def test_marks_are_frozen_with_the_report_drawn_and_listed(sunflowers: Nursery) -> None:
    n = sunflowers
    form = typed() | rows(
        row(0, area=CHEEK.area, size=CHEEK.size, colour="blue", words=CHEEK.words),
        row(1, area="", size=""),
        row(2, area=ELBOW.area, shape="round"),
    )
    link = n.setting.link_to("concerns:report")
    answer = signed_in(n.priya, second_check=False).post(link, form)
    assert answer.status_code == 302
    concern = Concern.objects.get()
    assert [(mark.number, mark.area) for mark in concern.marks.all()] == [
        (1, CHEEK.area),
        (2, ELBOW.area),
    ]

    page = signed_in(n.dana).get(n.setting.link_to("concerns:concern", concern.pk))
    shown = page.content.decode()
    assert "Left cheek (front)" in shown
    assert "Figure from the front, marks: 1" in shown
    assert "Figure from the back, marks: 2" in shown
    assert "as a 10p coin" in shown


def test_a_report_with_marks_and_additions_stays_within_the_budget(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = actions.file_report(
        by=n.priya,
        key=uuid4(),
        report=a_report(
            kind=WELFARE, people=(Person("harmed", child=n.kit),), marks=(CHEEK, ELBOW)
        ),
    )
    actions.add_to_report(by=n.priya, concern=concern, text="It was on the left.", fingerprint="1")
    dana, link = signed_in(n.dana), n.setting.link_to("concerns:concern", concern.pk)

    asked = queries_of(dana, link)
    again = dana.get(link).content.decode()

    assert len(asked) <= MOST
    assert again.index("Left cheek (front)") < again.index("Right elbow (back)")
    assert "He said: I fell." in again
    assert "It was on the left." in again


def test_a_row_without_a_place_is_asked_for_and_nothing_typed_is_lost(sunflowers: Nursery) -> None:
    n = sunflowers
    form = typed() | rows(row(0, colour="greenish"), row(1, area="elsewhere"))
    answer = signed_in(n.priya).post(n.setting.link_to("concerns:report"), form)
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert "Choose where on the body the mark is." in shown
    assert "Write where on the body the mark is." in shown
    assert "greenish" in shown
    assert SAID in shown
    assert not Concern.objects.exists()


def test_another_row_comes_without_script_and_keeps_what_was_typed(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    browser = signed_in(n.dana)
    work = n.setting.link_to("concerns:work", case.pk, "marks")
    for link, more in ((n.setting.link_to("concerns:report"), typed()), (work, {"text": "Nappy"})):
        form = more | rows(row(0, area=CHEEK.area, colour="violet")) | {"add_mark": "1"}
        shown = browser.post(link, form).content.decode()
        assert "violet" in shown
        assert re.search(r'<select name="marks-1-area"[^>]* autofocus', shown)
        assert "To put right" not in shown
    assert Concern.objects.count() == 1


def test_a_place_that_is_not_on_the_list_is_refused_by_form_and_database(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    form = typed() | rows(row(0, area="soul", colour="blue"))
    answer = signed_in(n.priya).post(n.setting.link_to("concerns:report"), form)
    assert answer.status_code == 422
    with pytest.raises(IntegrityError):
        BodyMark.objects.create(setting=n.setting, concern=filed(n.priya), number=1, area="soul")


def test_sending_again_with_another_mark_is_kept_as_an_addition(sunflowers: Nursery) -> None:
    n = sunflowers
    first = filed(n.priya, a_report(marks=(CHEEK,)))
    filed(n.priya, a_report(marks=(CHEEK, ELBOW)), key=first.key)

    assert first.marks.count() == 1
    assert "Right elbow (back); round" in first.addenda.get().text
    filed(n.priya, a_report(marks=(CHEEK, ELBOW)), key=first.key)
    assert first.addenda.count() == 1


def test_marks_on_a_case_stand_in_its_chronology(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    browser = signed_in(n.dana)
    today = timezone.localdate()
    when = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    said: dict[str, Any] = {"text": "While changing.", **when, **rows(row(0, area=ELBOW.area))}
    link = n.setting.link_to("concerns:work", case.pk, "marks")
    assert browser.post(link, {"text": "x", **when, **rows(row(0, area=""))}).status_code == 422

    assert browser.post(link, said).status_code == 302

    shown = browser.get(n.setting.link_to("concerns:chronology", case.pk)).content.decode()
    assert "Right elbow (back)" in shown
    assert "Figure from the back, marks: 1" in shown


def test_no_photograph_of_a_mark_comes_in_and_the_page_says_so(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    link = n.setting.link_to("concerns:work", case.pk, "marks")
    browser = signed_in(n.dana)
    shown = browser.get(link).content.decode()
    assert "No photographs of marks." in shown
    assert "type=file" not in shown.replace('"', "")
    browser.handler.enforce_csrf_checks = True  # as in life: then the form is read before the page
    key = browser.cookies[settings.CSRF_COOKIE_NAME].value
    picture = SimpleUploadedFile("arm.png", b"\x89PNG\r\n", "image/png")
    form = {"text": "Nappy", "marks-0-photo": picture, "csrfmiddlewaretoken": key}
    answer = browser.post(link, form, follow=True).content.decode()

    assert "Files and pictures are not taken here" in answer
    assert "Nappy" in answer


def test_whom_the_case_names_writes_and_reads_no_marks(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.morgan, about(n.dana))
    for member in (n.dana, n.priya, bluebells.dana):
        with pytest.raises(PermissionDenied):
            actions.record_marks(by=member, case=case, marks=[CHEEK], text="x")
    concern = filed(n.priya, a_report(WELFARE, Person("alleged", member=n.dana), marks=(CHEEK,)))
    link = n.setting.link_to("concerns:concern", concern.pk)
    assert signed_in(n.dana).get(link).status_code == 404
    waiting = signed_in(n.dana).get(n.setting.link_to("concerns:waiting"))
    assert concern.code not in waiting.content.decode()


def test_the_figure_has_every_place_on_it_and_left_is_the_childs() -> None:
    for area in body.AREAS.values():
        assert 8 <= area.x <= 192
        assert 8 <= area.y <= 282
        [[dot]] = [side.dots for side in body.figure([_at(area.code)]) if side.dots]
        assert (dot.x, dot.y) == (area.x, area.y)
    front, back = body.AREAS["front-left-hand"], body.AREAS["back-left-hand"]
    assert front.x > 100 > back.x
    places = {(area.side, area.x, area.y) for area in body.AREAS.values()}
    assert len(places) == len(body.AREAS), "no two places are drawn as one"
    assert all(re.fullmatch(r"[a-z-]{5,40}", code) for code in body.AREAS)


def test_two_marks_on_one_place_are_drawn_side_by_side() -> None:
    front, _ = body.figure([_at("front-chest", 1), _at("front-chest", 2)])

    assert front.dots[0].x != front.dots[1].x


def _at(code: str, number: int = 1) -> BodyMark:
    return BodyMark(number=number, area=code)
