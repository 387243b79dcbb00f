"""A new installation is set up by whoever may look at its machine, not by whoever comes first."""

import re
from io import StringIO
from threading import Barrier, Thread
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client

from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.models import Setting
from safeguarding.people.permissions import FIRST_SET_UP
from safeguarding.people.tests.cast import this_morning
from safeguarding.today.welcome.set_up_code import set_up_code


def test_without_the_code_no_page_of_the_set_up_opens(db: None) -> None:
    stranger = Client()
    for path in ("setting/", "people/", "hours/", "terms/", "password/"):
        for answer in (
            stranger.get(f"/welcome/{path}"),
            stranger.post(f"/welcome/{path}", {"name": "Mine"}),
        ):
            assert answer["Location"] == "/welcome/"
    page = stranger.get("/welcome/")
    assert b"Set-up code" in page.content
    assert b"Begin" not in page.content
    assert set_up_code() not in page.content.decode()


@pytest.mark.parametrize("code", ["", "0000-0000", "x" * 500, "ⓔ" * 8, "\x00"])
def test_a_wrong_code_opens_nothing(db: None, code: str) -> None:
    client = Client()
    assert client.post("/welcome/", {"code": code}).status_code == 422
    assert client.get("/welcome/setting/")["Location"] == "/welcome/"


def test_the_code_is_taken_however_it_is_spaced_and_remembered(db: None) -> None:
    client = Client()
    spaced = f" {set_up_code().replace('-', ' ').upper()} "
    assert client.post("/welcome/", {"code": spaced})["Location"] == "/welcome/"
    assert b"Begin" in client.get("/welcome/").content
    assert client.get("/welcome/setting/").status_code == 200
    assert Client().get("/welcome/setting/").status_code == 302, "only in that browser"


def test_guessing_waits_and_locks_nobody_out(db: None) -> None:
    client = Client()
    with time_machine.travel(this_morning(), tick=False) as clock:
        for _ in range(10):
            client.post("/welcome/", {"code": "0000-0000"})
        assert client.post("/welcome/", {"code": set_up_code()}).status_code == 429
        assert Client().get("/welcome/setting/").status_code == 302
        clock.shift(61)
        assert client.post("/welcome/", {"code": set_up_code()}).status_code == 302


def test_a_wrong_try_leaves_a_line_and_the_code_is_written_nowhere(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    Client().post("/welcome/", {"code": "0000-1234"})
    Client().post("/welcome/", {"code": set_up_code()})
    lines = str(list(Entry.objects.values()))

    assert [entry.event for entry in Entry.objects.all()] == ["set_up_code.refused"]
    for code in ("0000-1234", set_up_code()):
        assert code not in lines + caplog.text


def test_the_command_says_the_code_until_there_is_a_setting(db: None) -> None:
    assert re.fullmatch(r"Set-up code: [0-9a-f]{4}-[0-9a-f]{4}\n", _said())
    _open()
    assert _said() == ""


def test_whoever_finishes_second_is_refused(db: None) -> None:
    _open()
    with pytest.raises(PermissionDenied):
        _open()
    assert Setting.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_the_same_moment_open_one_setting() -> None:
    ready, refused = Barrier(2), list[PermissionDenied]()

    def finish() -> None:
        try:
            ready.wait()
            _open()
        except PermissionDenied as no:
            refused.append(no)
        finally:
            connection.close()

    both = [Thread(target=finish) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert Setting.objects.count() == 1
    assert len(refused) == 1


def _open() -> Setting:
    return actions.open_setting(by=System(FIRST_SET_UP, uuid4()), name="Little Oaks")


def _said() -> str:
    out = StringIO()
    call_command("set_up_code", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("dash", ["\u2013", "\u2011", "\u2212", "\u200b-", ".", "_"])
def test_the_code_is_taken_with_whatever_dash_a_program_made_of_it(db: None, dash: str) -> None:
    client = Client()
    pasted = set_up_code().replace("-", dash)
    assert client.post("/welcome/", {"code": pasted}).status_code == 302
