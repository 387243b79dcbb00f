"""Guessing is slowed down, for everyone who shares the database, and tells nothing."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from .cast import PASSWORD, Place, events, set_up_code_app, sign_in, signed_in, this_morning

WRONG = "not the password at all"
SLOWED = b"several wrong tries"
TRIES = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
from django.core.management import call_command
from django.test import RequestFactory
from allauth.core.internal import ratelimit
call_command("createcachetable", verbosity=0)
request = RequestFactory().post("/accounts/login/")
for _ in range(int(sys.argv[1])):
    used = ratelimit.consume(request, app="allauth.account", action="login_failed", key="dana")
print("allowed" if used else "refused")
"""


def test_a_wrong_password_and_an_unknown_person_look_alike(sunflowers: Place) -> None:
    known = Client().post(
        "/accounts/login/", {"login": "priya@sunflowers.example", "password": WRONG}
    )
    unknown = Client().post(
        "/accounts/login/", {"login": "quinn@sunflowers.example", "password": WRONG}
    )

    assert known.status_code == unknown.status_code == 200
    assert _plain(known).replace("priya", "quinn") == _plain(unknown)
    assert len(events("sign_in.refused")) == 2
    assert "quinn" not in str([vars(entry) for entry in events("sign_in.refused")])


def test_asking_for_a_new_password_tells_nobody_who_is_here(sunflowers: Place) -> None:
    pages = [
        Client().post("/accounts/password/reset/", {"email": f"{who}@sunflowers.example"})
        for who in ("priya", "quinn")
    ]
    assert [page["Location"] for page in pages] == ["/accounts/password/reset/done/"] * 2


def test_the_sixth_wrong_try_waits_a_minute_and_no_longer(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    with time_machine.travel(this_morning(), tick=False) as clock:
        _fail(Client(), "dana@sunflowers.example", 5)
        assert SLOWED in _content(sign_in(Client(), dana))
        clock.shift(61)
        assert sign_in(Client(), dana).status_code == 302


def test_a_stranger_cannot_keep_the_lead_out_of_her_own_computer(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    at_home = signed_in(dana)
    at_home.post("/accounts/logout/")
    _fail(Client(), "dana@sunflowers.example", 8)

    assert SLOWED in _content(sign_in(Client(), dana))
    assert sign_in(at_home, dana).status_code == 302


def test_nor_by_guessing_from_the_same_network_also_where_she_has_a_passkey(
    sunflowers: Place,
) -> None:
    dana = sunflowers.member("Dana")
    at_home, page = signed_in(dana), "/accounts/passkeys/sign-in/"
    at_home.post("/accounts/logout/")
    for number in range(70):
        _fail(Client(), f"nobody-{number}@sunflowers.example", 1)
    floods = [Client().post(page, {"credential": "{}"}).status_code for _ in range(11)]

    assert sign_in(Client(), dana).status_code == floods[-1] == 429
    assert at_home.post(page, {"credential": "{}"}).status_code == 302
    assert sign_in(at_home, dana).status_code == 302
    assert at_home.get(sunflowers.at("")).status_code == 200


def test_her_own_computer_is_slowed_down_too_when_it_guesses(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Dana"))
    client.post("/accounts/logout/")
    _fail(client, "dana@sunflowers.example", 5)
    assert SLOWED in _content(sign_in(client, sunflowers.member("Dana")))


def test_knowing_one_persons_computer_helps_with_nobody_else(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Priya"))
    client.post("/accounts/logout/")
    _fail(Client(), "dana@sunflowers.example", 5)
    assert SLOWED in _content(sign_in(client, sunflowers.member("Dana")))


def test_codes_cannot_be_guessed_without_waiting(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Dana"))
    set_up_code_app(client)
    page = "/accounts/2fa/reauthenticate/"
    answers = [client.post(page, {"code": "000000"}) for _ in range(11)]

    assert SLOWED in answers[5].content
    assert answers[10].status_code == 429
    assert b"You are not locked out" in answers[10].content
    assert len(events("second_check.refused")) < 10, "a flood is not written down line by line"


def test_counters_and_spent_codes_are_rows_that_a_flood_does_not_push_out(
    sunflowers: Place,
) -> None:
    _fail(Client(), "dana@sunflowers.example", 5)
    for number in range(400):
        caches["default"].set(f"flood-{number}", [1.0], 300)

    assert SLOWED in _content(sign_in(Client(), sunflowers.member("Dana")))


def test_another_process_sees_the_same_counters(tmp_path: Path) -> None:
    assert _tries(tmp_path, 5) == "allowed"
    assert _tries(tmp_path, 1) == "refused"


def _tries(folder: Path, number: int) -> str:
    root = Path(settings.BASE_DIR)
    environment = {
        "HEDGEROW_DATA": str(folder),
        "HEDGEROW_KEY": str(root / "tests" / "hedgerow.key"),
        "HEDGEROW_HTTPS": "no",
        "PYTHONPATH": str(root),
        "PATH": "",
    }
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", TRIES, str(number)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if "demo" in done.stderr or "ModuleNotFoundError" in done.stderr:
        pytest.fail(done.stderr[-2000:])
    return done.stdout.strip() or done.stderr[-2000:]


def _fail(client: Client, email: str, times: int) -> None:
    for _ in range(times):
        client.post("/accounts/login/", {"login": email, "password": WRONG})


def _content(answer: Any) -> bytes:
    return bytes(answer.content)


def _plain(answer: Any) -> str:
    return re.sub(
        r'(nonce=|csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", answer.content.decode()
    )


def test_the_right_password_is_never_counted_as_a_wrong_try(sunflowers: Place) -> None:
    for _ in range(8):
        client = Client()
        answer = sign_in(client, sunflowers.member("Dana"), password=PASSWORD)
        assert answer.status_code == 302
