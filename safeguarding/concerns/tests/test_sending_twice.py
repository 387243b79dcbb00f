"""Pressing Send twice, or sending again after a lost connection: nothing doubled, nothing lost."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from demo.cast import Nursery, open_nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Addendum, Concern
from safeguarding.concerns.report import Report
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.models import Member
from tests.people import signed_in

from .given import a_report, filed, typed


def test_the_same_words_again_are_one_report_and_one_alert(sunflowers: Nursery) -> None:
    first = filed(sunflowers.priya)
    second = filed(sunflowers.priya, key=first.key)

    assert second == first
    assert Concern.objects.count() == Notification.objects.count() == Delivery.objects.count() == 1
    assert Clock.objects.running().count() == 2  # to be read, to be decided on
    assert not Addendum.objects.exists()


def test_other_words_under_the_same_key_are_added_to_the_first(sunflowers: Nursery) -> None:
    first = filed(sunflowers.priya)
    changed = a_report(heard="He asked twice.", in_danger_now=True)

    assert filed(sunflowers.priya, changed, key=first.key) == first
    assert filed(sunflowers.priya, changed, key=first.key) == first

    addition = Addendum.objects.get()
    assert addition.concern == first
    assert "He asked twice." in addition.text
    assert "danger right now: yes" in addition.text
    first.refresh_from_db()
    assert "twice" not in first.heard


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="tried on a file, below")
def test_two_sendings_at_the_same_moment_are_one_report() -> None:
    sunflowers = open_nursery("Sunflowers")
    report = a_report()

    file_at_once(sunflowers.priya, report)

    assert Concern.objects.count() == 1
    assert Notification.objects.count() == 1
    assert Delivery.objects.count() == 1


def file_at_once(member: Member, report: Report) -> None:
    """Send the same report from two threads, each with a connection of its own."""
    key, ready, broken = uuid4(), Barrier(2), list[Exception]()

    def send() -> None:
        try:
            ready.wait()
            actions.file_report(by=member, key=key, report=report)
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    senders = [Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert broken == []


def test_in_one_file_two_sendings_at_the_same_moment_are_one_report(tmp_path: Path) -> None:
    variables = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "safeguarding.concerns.tests.sent_at_once", str(tmp_path)],
        cwd=settings.BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout == "(1, 1) False", done.stderr
