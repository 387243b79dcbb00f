"""While the database does not answer, or nothing may be changed, a report is taken all the same (F39, P3)."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.core import signing
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client, override_settings

from demo.cast import Nursery
from foundation import drop
from foundation.refusing import DoesNotOpen
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.given import typed as report_typed
from safeguarding.lock import taking_in
from safeguarding.notifications.models import Notification
from safeguarding.people import held
from safeguarding.portal.forms import TellForm
from tests.people import signed_in

from .given import MARK, code_on, files_with, typed

STUCK = "waits sealed and was not taken in"
KEEPERS = ("today:today", "lock:keys")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    drop.make_ready(tmp_path, settings.KEY)
    with override_settings(DATA=tmp_path, LEAST_FREE=0):
        yield tmp_path


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def broken(error: Exception | None = None) -> AbstractContextManager[None]:
    def refuse(*_: object) -> None:
        raise error or OperationalError("the server is gone")

    return connection.execute_wrapper(refuse)


def tell(at: Nursery) -> str:
    return at.setting.link_to("portal:tell")


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("the server is gone"),
        DatabaseError("database disk image is malformed"),
        InternalError("invalid page in block 7"),
        InterfaceError("connection already closed"),
        DoesNotOpen("The key file does not open the database."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_f39_a_report_while_the_database_is_gone_or_damaged_is_kept_and_taken_in_later(
    sunflowers: Nursery, data: Path, browser: Client, error: Exception
) -> None:
    address, sent = tell(sunflowers), typed()
    with broken(error):
        answer = browser.post(address, sent)
        again = browser.post(address, sent)

    assert answer.status_code == 200
    assert "nobody has read it yet" in answer.text
    assert "999" in answer.text
    assert code_on(answer.text) == code_on(again.text)
    assert files_with(data, MARK) == []
    assert (Concern.objects.count(), taking_in.look_after(), Concern.objects.count()) == (0, 1, 1)


def test_f39_a_member_whose_report_could_not_be_saved_gets_a_true_receipt(
    sunflowers: Nursery, data: Path
) -> None:
    address = sunflowers.setting.link_to("concerns:report")
    priya = signed_in(sunflowers.priya)
    priya.raise_request_exception = False
    with broken():
        asks = priya.post(address, {"saw": MARK, "look": "words"})
        answer = priya.post(address, {"saw": MARK, "in_danger_now": "yes"})

    assert asks.status_code == 503, "looking over words sends nothing"
    assert "nobody has read it yet" in answer.text
    assert "call" in answer.text.lower()
    taking_in.look_after()
    assert MARK in Concern.objects.get().saw


def test_f39_where_the_page_says_it_is_found_it_is_found(
    sunflowers: Nursery, data: Path, browser: Client
) -> None:
    """A member's own among theirs; what a stranger sent, and what no longer says whose it is, by its code."""
    address, priya = sunflowers.setting.link_to("concerns:report"), signed_in(sunflowers.priya)
    priya.raise_request_exception = False
    note = signing.dumps({"user": str(sunflowers.priya.user_id), "page": "/"}, salt=held.SALT)
    with broken():
        own = priya.post(address, report_typed(heard=MARK) | {held.FIELD: note})
        nobodys = priya.post(address, report_typed(heard=MARK))
        told = browser.post(tell(sunflowers), typed())
    assert taking_in.look_after() == 3

    assert ["My reports" in one.text for one in (own, nobodys, told)] == [True, True, False]
    [known] = Concern.objects.filter(reported_by=sunflowers.priya)
    assert known.code in priya.get(sunflowers.setting.link_to("concerns:mine")).text
    for answer in (nobodys, told):
        code = {"code": code_on(answer.text)}
        assert browser.post(sunflowers.setting.link_to("portal:replies"), code).status_code == 200


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "for good"])
def test_f39_a_fault_of_ours_loses_no_report(
    sunflowers: Nursery,
    data: Path,
    browser: Client,
    monkeypatch: pytest.MonkeyPatch,
    *,
    lasts: bool,
) -> None:
    """If it is still there when the report is taken in, its words are, and somebody is told."""
    with monkeypatch.context() as patched:
        patched.setattr(TellForm, "told", broken_here)
        answer = browser.post(tell(sunflowers), typed())
        taken = taking_in.look_after() if lasts else 0
    taken_later = taking_in.look_after()

    assert "nobody has read it yet" in answer.text
    assert (taken, taken_later) == ((1, 0) if lasts else (0, 1))

    concern = Concern.objects.get()
    assert MARK in concern.saw
    assert (concern.heard == "") is lasts, "all of it as words, if need be"
    assert Notification.objects.filter(subject_id=concern.pk, recipient=sunflowers.dana).exists()


def broken_here(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a fault of ours")


def refused_here(*_: object, **__: object) -> None:
    raise OperationalError("database or disk is full")


def test_f39_a_report_that_a_fault_keeps_out_is_said_on_the_leads_first_page(
    sunflowers: Nursery,
    bluebells: Nursery,
    data: Path,
    browser: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with broken():
        browser.post(tell(sunflowers), typed())
    with monkeypatch.context() as patched:
        patched.setattr(taking_in, "content_of", broken_here)
        patched.setattr(taking_in, "in_words", broken_here)
        assert taking_in.look_after() == 0

    pages = [one.setting.link_to(page) for one in (sunflowers, bluebells) for page in KEEPERS]
    leads = [signed_in(sunflowers.dana)] * 2 + [signed_in(bluebells.dana)] * 2
    said = [STUCK in lead.get(page).text for lead, page in zip(leads, pages, strict=True)]
    assert said == [True, True, False, False]
    assert taking_in.look_after() == 1
    assert STUCK not in leads[0].get(pages[0]).text


@pytest.mark.parametrize("goes_on", [False, True], ids=["stopped", "refused"])
def test_f39_whoever_stops_all_changes_does_not_learn_whether_something_came(
    sunflowers: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch, *, goes_on: bool
) -> None:
    """Somebody accused can stop changes, and wait; what waits then is no sign for them (R15)."""
    dana = signed_in(sunflowers.dana)
    dana.post(sunflowers.setting.link_to("lock:do"), {"what": "stop"})
    Client().post(tell(sunflowers), typed(about="lead"))
    [waits] = drop.waiting(data)
    os.utime(waits, (0, 0))
    if goes_on:
        dana.post(sunflowers.setting.link_to("lock:do"), {"what": "allow"})
        monkeypatch.setattr(taking_in, "content_of", refused_here)
    taking_in.look_after()

    assert drop.waiting(data) == [waits]
    for page in KEEPERS:
        assert STUCK not in dana.get(sunflowers.setting.link_to(page)).text


def test_where_the_drop_fails_too_the_page_says_that_it_has_not_arrived(
    sunflowers: Nursery, data: Path, browser: Client
) -> None:
    (drop.folder_of(data) / "keys.json").unlink()
    address = tell(sunflowers)
    with broken():
        answer = browser.post(address, typed())

    assert answer.status_code == 503
    assert "has not arrived" in answer.text


def test_f39_read_only_takes_reports_and_changes_nothing_else(
    sunflowers: Nursery, data: Path
) -> None:
    dana, do = signed_in(sunflowers.dana), sunflowers.setting.link_to("lock:do")
    dana.post(do, {"what": "stop"})
    filed = Client().post(tell(sunflowers), typed())
    closed = dana.post(sunflowers.setting.link_to("people:hours"), {})
    read = dana.get(sunflowers.setting.link_to("today:today"))

    assert "nobody has read it yet" in filed.text
    assert (closed.status_code, "Nothing can be changed" in closed.text) == (503, True)
    assert (read.status_code, "Nothing can be changed" in read.text) == (200, True)
    assert Client().get("/health/").json()["state"] == "read-only"
    assert Concern.objects.count() == 0
    dana.post(do, {"what": "allow"})
    assert taking_in.look_after() == 1


def test_f39_a_disk_that_is_nearly_full_is_read_only(sunflowers: Nursery, data: Path) -> None:
    with override_settings(LEAST_FREE=1 << 62):
        filed = Client().post(tell(sunflowers), typed())
        closed = signed_in(sunflowers.dana).post(sunflowers.setting.link_to("people:hours"), {})

    assert "nobody has read it yet" in filed.text
    assert "nearly no room" in closed.text
