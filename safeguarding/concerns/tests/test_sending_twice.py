"""Pressing Send twice, or sending again after a lost connection: nothing doubled, nothing lost."""

from uuid import uuid4

from demo.cast import Nursery
from safeguarding.concerns.models import Addendum, Concern
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.models import Member
from safeguarding.people.tests.cast import hidden
from tests.people import signed_in

from .given import IMAGE, a_case, a_report, day, filed, told, typed


def test_the_same_words_again_are_one_report_and_one_alert(sunflowers: Nursery) -> None:
    first = filed(sunflowers.priya)
    second = filed(sunflowers.priya, key=first.key)

    assert second == first
    assert Concern.objects.count() == Notification.objects.count() == Delivery.objects.count() == 1
    assert Clock.objects.running().count() == 2  # to be read, to be decided on
    assert not Addendum.objects.exists()


def test_other_words_under_the_same_key_are_added_to_the_first(sunflowers: Nursery) -> None:
    first = filed(sunflowers.priya)
    changed = a_report(heard="He asked twice.")

    assert filed(sunflowers.priya, changed, key=first.key) == first
    assert filed(sunflowers.priya, changed, key=first.key) == first

    addition = Addendum.objects.get()
    assert addition.concern == first
    assert "He asked twice." in addition.text
    assert "danger right now: no" in addition.text
    first.refresh_from_db()
    assert "twice" not in first.heard


def test_sent_again_as_graver_it_is_a_report_of_its_own(sunflowers: Nursery) -> None:
    first = filed(sunflowers.priya)
    for graver in (a_report(in_danger_now=True), a_report(IMAGE)):
        second = filed(sunflowers.priya, graver, key=first.key)
        assert second != first
        assert told(second) == {"Dana", "Devi"}


def test_the_lead_hears_of_an_addition_once(sunflowers: Nursery) -> None:
    first = filed(sunflowers.priya)
    for _ in range(2):
        filed(sunflowers.priya, a_report(heard="He asked twice."), key=first.key)

    kinds = [one.kind for one in Notification.objects.filter(recipient=sunflowers.dana)]
    assert sorted(kinds) == ["concern_reported", "report_added_to"]


def test_the_key_of_somebody_elses_report_shows_and_changes_nothing_of_it(
    sunflowers: Nursery,
) -> None:
    theirs = filed(sunflowers.sam, a_report(heard="What Sam heard."))
    mine = filed(sunflowers.priya, a_report(heard="What Priya heard."), key=theirs.key)

    assert mine != theirs
    assert mine.reported_by == sunflowers.priya
    assert not theirs.addenda.exists()


def test_the_same_key_at_two_settings_is_two_reports(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    key = uuid4()

    assert filed(sunflowers.priya, key=key) != filed(bluebells.priya, key=key)


def test_the_form_sent_twice_leads_to_the_same_receipt(sunflowers: Nursery) -> None:
    browser, page = signed_in(sunflowers.priya), sunflowers.setting.link_to("concerns:report")
    answers = typed()

    first, second = browser.post(page, answers), browser.post(page, answers)

    assert first["Location"] == second["Location"]
    assert Concern.objects.count() == 1


def test_something_added_twice_is_kept_once(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    browser = signed_in(sunflowers.priya)
    page = sunflowers.setting.link_to("concerns:add", concern.pk)
    for _ in range(2):
        assert browser.post(page, {"text": "It was at ten."}).status_code == 302

    assert [one.text for one in concern.addenda.all()] == ["It was at ten."]


def test_nobody_adds_to_a_report_they_neither_sent_nor_read(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    page = sunflowers.setting.link_to("concerns:add", concern.pk)

    assert signed_in(sunflowers.sam).post(page, {"text": "Hello"}).status_code == 404
    assert not Addendum.objects.exists()


def _sent_twice(by: Member, link: str, **said: str) -> list[str | None]:
    """Where two sendings of one form lead, which carries the note of its page."""
    client = signed_in(by)
    note = hidden(client.get(link), "written_by")  # type: ignore[arg-type]
    answers = [client.post(link, {**said, "written_by": note}) for _ in range(2)]
    return [one.headers.get("Location") for one in answers]


def test_work_on_a_case_stands_there_once(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    link = sunflowers.setting.link_to("concerns:work", case.pk, "entry")
    said = {"kind": "call", "text": "They rang back.", **day()}

    assert _sent_twice(sunflowers.dana, link, **said) == [case.path] * 2
    assert case.entries.filter(kind="call").count() == 1


def test_what_is_decided_by_now_leads_to_where_it_was_decided(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    link = sunflowers.setting.link_to("concerns:put_aside", concern.pk)

    first, again = _sent_twice(sunflowers.dana, link, reasons="A cartoon.")
    assert first
    assert first == again
