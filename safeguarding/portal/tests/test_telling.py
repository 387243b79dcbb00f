"""Telling us something without an account: what is kept, who hears of it, and what the page says."""

import pytest
from django.db import OperationalError
from django.test import Client

from demo.cast import Nursery
from safeguarding.concerns.models import Concern, Involvement
from safeguarding.concerns.permissions import may_read_concern
from safeguarding.notifications.models import Clock
from safeguarding.portal import actions
from safeguarding.portal.models import SaidToBe
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import WORRY, first_names, page, sent, told, typed


def test_a_parent_tells_us_and_the_lead_hears_of_it(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, who="Kit and a girl with red shoes", where="On Tuesday, garden")

    assert (concern.saw, concern.reported_by, concern.told_as) == (WORRY, None, "parent")
    assert concern.who == "Kit and a girl with red shoes"
    assert first_names(concern) == {"Dana"}
    assert Clock.objects.running().filter(subject_id=concern.pk).count() == 2
    page = signed_in(sunflowers.dana).get(
        sunflowers.setting.link_to("concerns:concern", concern.pk)
    )
    for words in (
        WORRY,
        "red shoes",
        "On Tuesday, garden",
        "A parent or carer, through the public",
    ):
        assert words in page.content.decode()


@pytest.mark.parametrize("words", ["999", "CEOP", "LADO", "101", "Ofsted", "0800 028 0285"])
def test_who_to_call_stands_before_the_form_on_the_receipt_and_where_it_is_refused(
    sunflowers: Nursery, words: str
) -> None:
    form = Client().get(page(sunflowers)).content.decode()

    assert words in form.partition("<form")[0]
    assert words in sent(sunflowers).content.decode()
    assert words in sent(sunflowers, what="").content.decode().partition("<form")[0]


@pytest.mark.parametrize("error", [OperationalError("database is locked"), ZeroDivisionError()])
def test_where_it_fails_the_page_says_whom_to_call(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(actions, "tell_us", fail)
    answer = sent(sunflowers, Client(raise_request_exception=False))

    assert answer.status_code in {500, 503}
    for words in ("999", "CEOP", "LADO", "101", "0300 123 1231", "0800 028 0285"):
        assert words in answer.content.decode()
    assert not answer.cookies


def test_999_is_said_before_any_question(sunflowers: Nursery) -> None:
    main = Client().get(page(sunflowers)).content.decode().partition("<main")[2]

    assert 'Call <a class="govuk-link" href="tel:999">999</a> first' in main.partition("<label")[0]


def test_the_form_lists_nobody_who_works_here_or_comes_here(sunflowers: Nursery) -> None:
    shown = Client().get(page(sunflowers)).content.decode()

    people = [one.user.name for one in sunflowers.people.values()]
    names = people + [child.full_name for child in sunflowers.children.values()]
    assert [name for name in names if name in shown] == []


@pytest.mark.parametrize(
    ("about", "told_of_it"),
    [
        ("lead", {"Morgan", "Devi"}),
        ("manager", {"Dana", "Devi"}),
        ("committee", {"Dana", "Morgan"}),
        ("someone", {"Dana", "Morgan"}),
        ("unsure", {"Dana", "Morgan"}),
    ],
)
def test_what_may_be_about_an_adult_here_goes_to_two_who_are_not_meant(
    sunflowers: Nursery, about: str, told_of_it: set[str]
) -> None:
    concern, _ = told(sunflowers, about=about)

    assert concern.record_class == "C3"
    assert first_names(concern) == told_of_it


@pytest.mark.parametrize(
    "name", ["Dana Okafor", "okafor, DANA", "Dana", "Mrs Okafor", "Danna Ocafor"]
)
def test_a_name_that_is_written_shuts_its_owner_out_at_once(sunflowers: Nursery, name: str) -> None:
    concern, _ = told(sunflowers, about="someone", name=name)

    assert first_names(concern) == {"Morgan", "Devi"}
    assert not may_read_concern(sunflowers.dana, concern)
    browser = signed_in(sunflowers.dana)
    for link in ("concerns:concern", "portal:letters"):
        path = sunflowers.setting.link_to(link, concern.pk)
        assert browser.get(path).status_code == 404
    assert not Clock.objects.owned_by(sunflowers.dana).exists()


def test_a_name_counts_also_where_no_is_chosen(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="no", name="Dana Okafor")

    assert concern.record_class == "C3"
    assert "Dana" not in first_names(concern)


def test_a_lead_who_is_only_mentioned_is_left_out_of_an_allegation(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="someone", what="Dana shook him hard by the arm.")

    assert first_names(concern) == {"Morgan", "Devi"}


def test_a_mention_shuts_nobody_out_of_a_worry_about_a_child(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, what="Dana was kind, but he sees scary films at home.")

    assert first_names(concern) == {"Dana"}
    assert concern.record_class == "C1"


def test_the_name_stands_as_it_was_written_beside_whom_it_may_mean(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="someone", name="Danna, I think Okafor")

    named = Involvement.objects.filter(concern=concern)
    assert {one.person for one in named} == {"Danna, I think Okafor", "Dana Okafor"}
    assert {one.added_by for one in named} == {None}


def test_where_nobody_here_may_hear_of_it_the_receipt_says_whom_to_call(
    sunflowers: Nursery,
) -> None:
    everyone = "Dana, Devi, Morgan, Wren and Cleo"
    answer = sent(sunflowers, about="someone", name=everyone)

    assert "Nobody here can deal with this" in answer.content.decode()
    assert Concern.objects.get().saw == WORRY


def test_what_is_sent_twice_is_kept_once_and_shows_the_same_code(sunflowers: Nursery) -> None:
    form = typed(contact="07700 900000")
    first, second = (Client().post(page(sunflowers), form).content.decode() for _ in range(2))

    assert Concern.objects.count() == SaidToBe.objects.count() == 1
    assert _code(first) == _code(second)


def _code(text: str) -> str:
    return text.partition("Receipt <strong>")[2].partition("<")[0]


def test_other_words_with_the_same_form_become_an_addition(sunflowers: Nursery) -> None:
    form = typed()
    first = Client().post(page(sunflowers), form).content.decode()
    second = Client().post(page(sunflowers), form | {"what": "It was Monday."}).content.decode()

    assert Concern.objects.get().addenda.get().text.endswith("What I saw: It was Monday.")
    assert _code(first) == _code(second)


def test_the_same_form_that_now_names_somebody_is_a_report_of_its_own(sunflowers: Nursery) -> None:
    form = typed()
    first = Client().post(page(sunflowers), form).content.decode()
    named = form | {"about": "lead"}
    again = [Client().post(page(sunflowers), named).content.decode() for _ in range(2)]

    assert Concern.objects.count() == 2
    assert Concern.objects.filter(record_class="C3").count() == 1
    assert _code(again[0]) == _code(again[1]) != _code(first)


def test_the_pages_cost_few_queries(sunflowers: Nursery) -> None:
    assert len(queries_of(Client(), page(sunflowers))) <= MOST
    assert len(queries_of(Client(), page(sunflowers, "replies"))) <= MOST
    concern, _ = told(sunflowers)
    dana = signed_in(sunflowers.dana)
    letters = sunflowers.setting.link_to("portal:letters", concern.pk)
    for path in (letters, page(sunflowers, "keep"), page(sunflowers, "poster")):
        assert len(queries_of(dana, path)) <= MOST, path
