"""Sent twice is kept once; the same on another day is news, and nothing of it is dropped."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Person
from safeguarding.portal.tests import given as portal
from tests.people import signed_in

from .given import a_case, filed, opened, typed, url


def test_the_same_words_on_another_day_are_another_addition(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    for days in (0, 4):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            said = {"text": "It happened again today."}
            signed_in(n.priya, second_check=False).post(url(n, "add", concern.pk), said)

    assert concern.addenda.count() == 2


def test_the_same_words_through_the_public_form_on_another_day(sunflowers: Nursery) -> None:
    concern, code = portal.told(sunflowers)
    for days in (0, 7):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            page = portal.come_back(sunflowers, code, text="It happened again today.")
            assert page.context["written"]  # type: ignore[attr-defined]

    assert concern.addenda.count() == 2


def test_the_same_letter_on_another_day_is_another_letter(sunflowers: Nursery) -> None:
    n = sunflowers
    concern, _ = portal.told(n)
    for days in (0, 20):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            link = n.setting.link_to("portal:letters", concern.pk)
            said = {"text": "We are still looking into it."}
            page = signed_in(n.dana).post(link, said, follow=True).content.decode()
            assert "It is there for them" in page

    assert concern.letters.count() == 2


def test_a_class_is_not_changed_into_itself(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    for _ in range(2):
        said = {"record_class": "C2", "reason": "closer"}
        signed_in(n.dana).post(url(n, "reclassify", case.pk), said)

    assert [str(one)[-8:] for one in case.reclassifications.all()] == ["C1 to C2"]


def test_sent_again_unchanged_after_the_lead_named_a_child_it_is_one_report(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    answers, browser = typed(), signed_in(n.priya, second_check=False)
    browser.post(url(n, "report"), answers)
    child = Person("harmed", child=n.kit)
    actions.name_in_report(by=n.dana, concern=Concern.objects.get(), person=child)
    browser.post(url(n, "report"), answers)

    assert Concern.objects.count() == 1


def test_the_public_form_sent_again_unchanged_shows_the_same_code(sunflowers: Nursery) -> None:
    n, key = sunflowers, str(uuid4())
    concern, code = portal.told(n, key=key)
    actions.name_in_report(by=n.dana, concern=concern, person=Person("harmed", child=n.kit))

    assert code in portal.sent(n, key=key).content.decode()


def test_a_name_written_beside_a_chosen_person_is_not_lost(sunflowers: Nursery) -> None:
    n = sunflowers
    row = {"who": f"child:{n.kit.pk}", "part": "harmed", "name": "and Jordan, his cousin"}
    browser = signed_in(n.priya, second_check=False)
    answer = browser.post(url(n, "report"), typed(people=[row]))

    assert answer.status_code == 422
    assert "wrote a name as well" in answer.content.decode()
    assert not Concern.objects.exists()


def test_a_lead_who_was_a_moment_late_keeps_their_words_and_is_no_intruder(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern = filed(n.priya)
    opened(n.dana, concern)
    said = {"reasons": "Long reasons of Devi."}
    page = signed_in(n.devi).post(url(n, "put_aside", concern.pk), said)

    assert "Long reasons of Devi." in page.content.decode()
    assert not Line.objects.filter(event="concern.refused").exists()
