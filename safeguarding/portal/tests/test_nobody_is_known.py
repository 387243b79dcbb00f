"""Anonymous means anonymous: nothing that is kept or written down says who asked, or from where."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry
from safeguarding.people.models import HeldForm
from safeguarding.portal.models import SaidToBe
from tests.people import signed_in

from .given import come_back, page, sent, told

ADDRESS = "203.0.113.77"
NAME, REACH = "Quokka Bandicoot", "07700 900123"


def everything_kept() -> str:
    """Every row of every table, as the database holds it."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
            kept.append(f"{table}: {[[_shown(one) for one in row] for row in cursor.fetchall()]}")
    return "\n".join(kept)


def _shown(value: object) -> str:
    if isinstance(value, memoryview):
        value = value.tobytes()
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def test_the_address_of_a_computer_is_nowhere(
    sunflowers: Nursery, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    stranger = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="Quokkaphone")
    _, code = told(sunflowers, stranger)
    stranger.post(page(sunflowers, "replies"), {"code": code})
    stranger.post(page(sunflowers, "replies"), {"code": "0000-0000"})

    for kept in (everything_kept(), caplog.text, *capsys.readouterr()):
        assert ADDRESS not in kept
        assert "Quokkaphone" not in kept


def test_the_code_is_nowhere_either(
    sunflowers: Nursery, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    key = uuid4()
    _, code = told(sunflowers, key=str(key))
    come_back(sunflowers, code)
    come_back(sunflowers, code[:-1] + "0")

    for kept in (everything_kept(), caplog.text, *capsys.readouterr()):
        assert code not in kept
        assert code.replace("-", "") not in kept
        for written in (str(key), key.hex):
            assert written not in kept, "with it and the key file the code could be made again"


def test_a_member_who_is_signed_in_is_a_stranger_here(sunflowers: Nursery) -> None:
    priya = signed_in(sunflowers.priya)
    before = _marks_of(sunflowers)
    concern, code = told(sunflowers, priya, told_as="staff")
    priya.post(page(sunflowers, "replies"), {"code": code, "text": "More."})

    assert concern.reported_by is None
    assert _marks_of(sunflowers) == before
    shown = priya.get(page(sunflowers)).content.decode()
    assert "Priya" not in shown
    assert "written_by" not in shown
    assert "This page does not know who you are." in shown


def _marks_of(at: Nursery) -> tuple[int, int, list[object]]:
    """What the trail, the kept typing and her session say of Priya."""
    lines = Entry.objects.filter(actor_id__in=[at.priya.pk, at.priya.user.pk]).count()
    sessions = [(row.session_key, row.session_data) for row in Session.objects.all()]
    return lines, HeldForm.objects.count(), list(sessions)


def test_somebody_of_another_setting_leaves_no_knock(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    before = Entry.objects.exclude(event__in=["concern.reported", "teller.kept"]).count()
    told(sunflowers, signed_in(bluebells.sam))

    assert Entry.objects.exclude(event__in=["concern.reported", "teller.kept"]).count() == before


def test_an_address_typed_without_its_last_stroke_leaves_no_knock_either(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    before = Entry.objects.count()
    answer = signed_in(bluebells.sam).get(page(sunflowers).rstrip("/"))

    assert answer["Location"] == page(sunflowers)
    assert Entry.objects.count() == before


def test_an_old_session_says_nothing_of_when_it_ran_out(sunflowers: Nursery) -> None:
    priya = signed_in(sunflowers.priya)
    session = priya.session
    session["seen"] = session["started"] = (timezone.now() - timedelta(days=2)).timestamp()
    session.save()

    told(sunflowers, priya)
    assert not Entry.objects.filter(event="session.ran_out").exists()


def test_nothing_is_put_on_the_device_and_nobody_is_signed_out(sunflowers: Nursery) -> None:
    priya = signed_in(sunflowers.priya)
    for answer in (priya.get(page(sunflowers)), sent(sunflowers, priya), sent(sunflowers)):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
    assert not priya.get("/at/nowhere/tell-us/").cookies
    assert priya.get(sunflowers.setting.home).status_code == 200


def test_the_trail_names_the_form_and_nobody(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, own_name=NAME, contact=REACH, told_as="staff")

    lines = Entry.objects.filter(setting_id=sunflowers.setting.pk, event="concern.reported")
    line = lines.get(subject_id=concern.pk)
    assert (line.actor_id, line.actor_name) == (None, "public form")
    assert "staff" not in str(line.details)


def test_a_name_that_is_given_is_sealed_and_apart(
    sunflowers: Nursery, mailoutbox: list[object]
) -> None:
    concern, _ = told(sunflowers, own_name=NAME, contact=REACH)

    assert NAME not in everything_kept()
    assert REACH not in everything_kept()
    assert SaidToBe.objects.get().identity.name == NAME
    dana = signed_in(sunflowers.dana)
    links = ("concerns:waiting", "today:today", "notifications:messages")
    for link in links:
        assert NAME not in dana.get(sunflowers.setting.link_to(link)).content.decode()
    report = dana.get(sunflowers.setting.link_to("concerns:concern", concern.pk))
    assert NAME not in report.content.decode()
    letters = dana.get(sunflowers.setting.link_to("portal:letters", concern.pk)).content.decode()
    assert NAME in letters
    assert REACH in letters
    assert Entry.objects.filter(event="teller.read", actor_id=sunflowers.dana.pk).exists()


def test_who_may_not_read_the_report_does_not_learn_who_sent_it(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, own_name=NAME, about="manager")

    path = sunflowers.setting.link_to("portal:letters", concern.pk)
    for person in (sunflowers.morgan, sunflowers.priya, sunflowers.cleo):
        answers: list[HttpResponse] = [signed_in(person).get(path)]  # type: ignore[list-item]
        answers.append(signed_in(person).post(path, {"text": "Who are you?"}))  # type: ignore[arg-type]
        assert {one.status_code for one in answers} == {404}


def test_a_form_that_was_open_for_days_is_still_taken(sunflowers: Nursery) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrf"] = "an old key"

    assert sent(sunflowers, browser).status_code == 200
