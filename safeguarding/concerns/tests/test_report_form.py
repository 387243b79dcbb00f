"""The report form keeps what was typed, whatever was typed, and says what to put right."""

import re
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.http import HttpResponse
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern
from tests.people import signed_in

from .given import SAID, typed


def send(nursery: Nursery, answers: dict[str, str]) -> HttpResponse:
    browser = signed_in(nursery.priya, second_check=False)
    return browser.post(nursery.setting.link_to("concerns:report"), answers)  # type: ignore[return-value]


def refused(nursery: Nursery, answers: dict[str, str]) -> str:
    """The page that came back instead of a receipt; nothing was stored."""
    answer = send(nursery, answers)
    assert answer.status_code == 422
    assert not Concern.objects.exists()
    return answer.content.decode()


def test_a_report_needs_no_second_check_and_no_script(sunflowers: Nursery) -> None:
    child = {"who": f"child:{sunflowers.kit.pk}", "part": "harmed"}

    assert send(sunflowers, typed(people=[child])).status_code == 302
    assert str(Concern.objects.get().involvements.get()) == ("Kit Lindqvist: may have been harmed")


def test_another_person_can_be_added_without_script_and_the_typing_stays(
    sunflowers: Nursery,
) -> None:
    child = {"who": f"child:{sunflowers.kit.pk}", "part": "harmed"}
    answer = send(sunflowers, typed(people=[child], place="By the gate", add_person="1"))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert SAID in page
    assert "By the gate" in page
    assert f'<option value="child:{sunflowers.kit.pk}" selected>' in page
    assert 'name="people-1-who"' in page
    assert 'name="people-2-who"' not in page
    assert "Nothing has been sent yet" not in page
    assert not Concern.objects.exists()


def test_adding_a_person_finds_nothing_missing_and_goes_on_in_the_new_row(
    sunflowers: Nursery,
) -> None:
    page = send(sunflowers, {"add_person": "1", "people-TOTAL_FORMS": "1"}).content.decode()

    assert "To put right" not in page
    assert re.search(r'<select name="people-1-who"[^>]* autofocus', page)
    assert page.count(" autofocus") == 1
    assert "<title>Report a concern" in page


def test_enter_in_a_box_of_one_line_adds_no_person_and_sends_nothing(sunflowers: Nursery) -> None:
    page = signed_in(sunflowers.priya).get(sunflowers.setting.link_to("concerns:report"))
    form = page.content.decode().split('<form method="post" novalidate class="hr-report">')[1]

    first = re.search(r"<button[^>]*>", form)
    assert first
    assert first[0] == '<button type="submit" disabled hidden>'  # what Enter would press


def test_the_summary_leads_to_what_is_missing_about_a_person(sunflowers: Nursery) -> None:
    child = {"who": f"child:{sunflowers.kit.pk}", "part": ""}
    page = refused(sunflowers, typed(people=[child]))

    assert '<a href="#id_people-0-part">Person 1: Choose their part in what happened.</a>' in page
    assert "<title>Problem: Report a concern" in page


@pytest.mark.parametrize("count", ["", "many", "-3", "²", "9" * 5000, "20", "999"])
def test_a_count_of_people_that_makes_no_sense_loses_nothing(
    sunflowers: Nursery, count: str
) -> None:
    answers = typed(add_person="1") | {"people-TOTAL_FORMS": count}
    answer = send(sunflowers, answers)

    assert answer.status_code == 200
    assert SAID in answer.content.decode()
    assert answer.content.decode().count('aria-label="Person ') <= 20


@pytest.mark.parametrize(("rows", "button"), [("people", "add_person"), ("marks", "add_mark")])
def test_when_no_more_rows_fit_it_says_so(sunflowers: Nursery, rows: str, button: str) -> None:
    count = f"{rows}-TOTAL_FORMS"
    asked = [
        send(sunflowers, typed() | {button: "1", count: n}).content.decode() for n in ("18", "19")
    ]

    assert [f'name="{button}"' in page for page in asked] == [True, False]
    assert [f"20 {rows} are the most on one form." in page for page in asked] == [False, True]
    assert all(f'name="{rows}-18-' in page for page in asked)


def test_a_megabyte_of_text_is_too_much_and_stays_in_the_box(sunflowers: Nursery) -> None:
    words = "She said it again. " * 55_000
    page = refused(sunflowers, typed(saw=words))

    assert words[:-1] in page
    assert "the most this box holds is 50,000" in page


def test_what_cannot_be_seen_is_written_out(sunflowers: Nursery) -> None:
    send(sunflowers, typed(heard="no\x00pe \u202edne txet\u202c \x1b[2J ok"))

    assert Concern.objects.get().heard == "no␀pe [U+202E]dne txet[U+202C] ␛[2J ok"


def test_words_are_kept_as_they_were_written_and_shown_as_words(sunflowers: Nursery) -> None:
    words = "  <b>“Mummy’s 📱”</b>\n\n  he said {{ 1 }} & ran  "
    send(sunflowers, typed(heard=words))
    concern = Concern.objects.get()
    link = sunflowers.setting.link_to("concerns:concern", concern.pk)
    page = signed_in(sunflowers.dana).get(link).content.decode()

    assert concern.heard == words
    assert "&lt;b&gt;“Mummy’s 📱”&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "when",
    [
        {"happened_on_day": "31", "happened_on_month": "2"},
        {"happened_on_day": "soon"},
        {"happened_on_day": "", "happened_on_month": "", "happened_on_year": ""},
        {"happened_on_year": "0001"},
        {"happened_on_year": "99999999999"},
        {"happened_on_year": "2099"},
        {"happened_time": "25:99"},
        {"happened_time": "half past"},
    ],
)
def test_a_date_or_time_that_is_none_is_explained_and_nothing_lost(
    sunflowers: Nursery, when: dict[str, str]
) -> None:
    page = refused(sunflowers, typed() | when)

    assert SAID in page
    assert "Nothing has been sent yet" in page


def test_a_time_later_today_has_not_come_yet(sunflowers: Nursery) -> None:
    now = timezone.localtime()
    later = now + timedelta(minutes=3)
    if later.date() == now.date():
        page = refused(sunflowers, typed(happened_time=f"{later:%H:%M}"))
        assert "That time has not come yet today." in page


def test_an_empty_report_asks_for_a_few_words(sunflowers: Nursery) -> None:
    assert "Write a few words" in refused(sunflowers, typed(heard=" \n "))


def test_an_answer_that_was_not_offered_is_refused(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    for name in ["in_danger_now", "kind", "told_lead", "risk_area"]:
        with subtests.test(name):
            assert SAID in refused(sunflowers, typed() | {name: "something else"})


def test_the_form_and_the_receipt_lead_to_the_sheet_of_what_to_do(sunflowers: Nursery) -> None:
    n = sunflowers
    browser, form = signed_in(n.priya), n.setting.link_to("concerns:report")
    page = browser.get(form).content.decode()
    for _, members in kinds.sheets():
        for one, _ in members:
            sheet = n.setting.link_to("procedures:guidance", one)
            assert f'href="{sheet}" target="_blank"' in page, "what was typed stays where it is"

    again = browser.post(form, typed("cyberbullying", heard="")).content.decode()
    assert "What you chose: " in again
    receipt = browser.post(form, typed("cyberbullying"), follow=True).content.decode()
    sheet = n.setting.link_to("procedures:guidance", "cyberbullying")
    assert sheet in receipt
    assert browser.get(sheet).status_code == 200


def test_no_sheet_is_offered_that_may_send_the_reporter_to_the_very_person(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    manager = {"who": f"member:{n.morgan.pk}", "part": "alleged"}
    form = n.setting.link_to("concerns:report")
    answer = signed_in(n.priya).post(form, typed(people=[manager]), follow=True)

    assert "/guidance/" not in answer.content.decode()


def test_whoever_reads_no_procedures_is_offered_no_sheet(sunflowers: Nursery) -> None:
    page = signed_in(sunflowers.pat).get(sunflowers.setting.link_to("concerns:report"))

    assert "/guidance/" not in page.content.decode()


def test_what_breaks_a_rule_is_kept_and_brought_back(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Mock(side_effect=RuleBroken("That child has left."))
    monkeypatch.setattr("safeguarding.concerns.actions.file_report", broken)
    browser = signed_in(sunflowers.priya, second_check=False)
    link = sunflowers.setting.link_to("concerns:report")
    note = browser.get(link).context["written_by"]

    page = browser.post(link, typed() | {"written_by": note}).content.decode()
    kept = re.search(r'href="([^"]+)">Go back to what you typed', page)

    assert kept
    assert SAID in browser.get(kept[1]).content.decode()
