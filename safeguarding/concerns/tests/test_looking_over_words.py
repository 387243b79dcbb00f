"""“Look over my words” beside the button that sends: typing stays, nothing is kept, nobody waits."""

import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns.models import Concern, Entry
from safeguarding.concerns.views import _coach
from safeguarding.people import actions as people
from safeguarding.people.models import Preference
from tests.budget import MOST, NOT_COUNTED, queries_of
from tests.people import signed_in

from .given import IMAGE, a_case, a_report, typed

WORDS = "Kit was obviously attention seeking."
ABOUT = Preference.About.WRITING_COACH
BUTTON = 'value="words"'


def looked(nursery: Nursery, answers: dict[str, str], **headers: str) -> HttpResponse:
    """The answer to Priya's report with one of the coach's buttons."""
    browser = signed_in(nursery.priya, second_check=False)
    link = nursery.setting.link_to("concerns:report")
    return browser.post(link, answers, headers=headers)  # type: ignore[return-value]


def half_written(nursery: Nursery, **changes: str) -> dict[str, str]:
    """A report that could not be sent yet."""
    child = {"who": f"child:{nursery.kit.pk}", "part": "harmed"}
    answers = typed(people=[child], saw=WORDS, look="words", **changes)
    return {name: value for name, value in answers.items() if name not in {"kind", "told_lead"}}


def test_what_was_typed_stays_and_suggestions_lead_to_their_boxes(sunflowers: Nursery) -> None:
    answer = looked(sunflowers, half_written(sunflowers, place="By the gate"))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 'role="status"' in page
    assert '<a class="govuk-link" href="#id_saw">What did you see?</a> “attention seeking”' in page
    assert WORDS in page
    assert "By the gate" in page
    assert f'<option value="child:{sunflowers.kit.pk}" selected>' in page


def test_nobody_is_scolded_for_what_is_still_missing(sunflowers: Nursery) -> None:
    page = looked(sunflowers, half_written(sunflowers)).content.decode()

    assert "govuk-error-message" not in page
    assert "Nothing has been sent yet" not in page
    assert "Please check" not in page


def test_with_script_only_the_panel_comes_back(sunflowers: Nursery) -> None:
    page = looked(sunflowers, half_written(sunflowers), HX_Request="true").content.decode()

    assert page.strip().startswith("<section")
    assert "“attention seeking”" in page
    assert "<form" not in page


def test_looking_keeps_nothing_and_logs_nothing(
    sunflowers: Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    lines = Line.objects.count()
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        looked(sunflowers, half_written(sunflowers))
    told = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]

    assert not Concern.objects.exists()
    assert Line.objects.count() == lines
    assert [one for one in asked if "attention" in one["sql"]] == []
    assert [one for one in told if "attention" in one] == []


def test_it_is_sent_at_once_whatever_could_be_better(sunflowers: Nursery) -> None:
    answers = typed(saw=WORDS)
    looked(sunflowers, answers | {"look": "words"})

    assert looked(sunflowers, answers).status_code == 302
    assert Concern.objects.get().saw == WORDS


def test_a_report_in_immediate_danger_is_only_told_to_go(sunflowers: Nursery) -> None:
    page = looked(sunflowers, half_written(sunflowers) | {"in_danger_now": "yes"}).content.decode()

    assert "Send it now" in page
    assert "“attention seeking”" not in page


def test_it_is_turned_off_and_on_for_oneself_and_the_typing_stays(
    sunflowers: Nursery,
) -> None:
    off = looked(sunflowers, half_written(sunflowers) | {"look": "off"}).content.decode()
    assert WORDS in off
    assert BUTTON not in off
    link = sunflowers.setting.link_to("concerns:report")
    assert BUTTON not in signed_in(sunflowers.priya).get(link).content.decode()
    assert BUTTON in signed_in(sunflowers.sam).get(link).content.decode()

    on = looked(sunflowers, half_written(sunflowers) | {"look": "on"}).content.decode()
    assert WORDS in on
    assert BUTTON in on
    assert Preference.objects.filter(member=sunflowers.priya).count() == 2


def test_who_turned_it_off_gets_no_suggestions_from_an_old_page(sunflowers: Nursery) -> None:
    people.prefer(by=sunflowers.priya, about=ABOUT, wanted=False)

    for headers in ({}, {"HX_Request": "true"}):
        page = looked(sunflowers, half_written(sunflowers), **headers).content.decode()
        assert "“attention seeking”" not in page


def test_a_choice_is_nobody_elses_to_read(sunflowers: Nursery) -> None:
    people.prefer(by=sunflowers.priya, about=ABOUT, wanted=False)

    assert not Preference.objects.readable_by(sunflowers.morgan).exists()
    assert _coach.beside(sunflowers.morgan).is_wanted
    assert not _coach.beside(sunflowers.priya).is_wanted


def test_an_unknown_button_only_shows_the_page_again(sunflowers: Nursery) -> None:
    for look in ("", "nonsense"):
        answer = looked(sunflowers, half_written(sunflowers) | {"look": look})
        assert answer.status_code == 200
    assert not Preference.objects.exists()


def test_the_form_and_the_look_stay_within_the_budget(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.priya, second_check=False)
    link = sunflowers.setting.link_to("concerns:report")
    assert len(queries_of(browser, link)) <= MOST

    with CaptureQueriesContext(connection) as asked:
        browser.post(link, half_written(sunflowers))
    assert len([one for one in asked if not one["sql"].startswith(NOT_COUNTED)]) <= MOST


def test_an_entry_of_a_case_is_looked_over_too(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    link = sunflowers.setting.link_to("concerns:work", case.pk, "entry")
    browser = signed_in(sunflowers.dana)
    before = Entry.objects.count()

    words = {"kind": Entry.Kind.CHILDS_WORDS, "text": "Kit is lazy.", "look": "words"}
    page = browser.post(link, words).content.decode()
    assert '<a class="govuk-link" href="#id_text">What happened?</a> “lazy”' in page
    assert "Kit is lazy.</textarea>" in page
    note = browser.post(link, words | {"kind": Entry.Kind.NOTE}).content.decode()
    assert "Nothing to suggest" in note
    assert Entry.objects.count() == before


def test_a_note_on_a_picture_case_is_warned_of_copies(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana, a_report(IMAGE))
    link = sunflowers.setting.link_to("concerns:work", case.pk, "entry")
    words = {"kind": Entry.Kind.NOTE, "text": "I took a screenshot.", "look": "words"}

    assert "copy, save or send" in signed_in(sunflowers.dana).post(link, words).content.decode()


def test_other_work_on_a_case_is_not_offered_it(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    link = sunflowers.setting.link_to("concerns:work", case.pk, "decision")

    assert BUTTON not in signed_in(sunflowers.dana).get(link).content.decode()
