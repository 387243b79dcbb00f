"""Attacks on signing in, beyond what the tests of its pages try (F31, F32, F09)."""

from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as conf
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from safeguarding.people.tests.cast import (
    Place,
    a_place,
    code_now,
    set_up_code_app,
    sign_in,
    signed_in,
    this_morning,
)

CHECK = "/accounts/2fa/reauthenticate/"


@pytest.fixture
def place(db: None) -> Place:
    return a_place("sunflowers")


def session_of(client: Client) -> str:
    return client.cookies[conf.SESSION_COOKIE_NAME].value


def test_a_session_planted_before_signing_in_is_not_the_one_after(place: Place) -> None:
    attacker, dana = Client(), Client()
    attacker.get("/accounts/login/")
    planted = attacker.session
    planted["planted"] = "yes"
    planted.save()
    dana.cookies[conf.SESSION_COOKIE_NAME] = str(planted.session_key)

    sign_in(dana, place.member("Dana"))

    assert session_of(dana) != str(planted.session_key)
    attacker.cookies[conf.SESSION_COOKIE_NAME] = str(planted.session_key)
    assert attacker.get(place.at("")).status_code == 302


def test_a_session_that_was_left_is_no_session_and_no_code_brings_it_back(place: Place) -> None:
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(place.member("Dana")))
        clock.shift(60)
        dana, thief = signed_in(place.member("Dana")), Client()
        thief.cookies[conf.SESSION_COOKIE_NAME] = session_of(dana)
        dana.post("/accounts/logout/")

        assert thief.get(place.at("")).status_code == 302
        assert "/login/" in thief.post(CHECK, {"code": code_now(secret)})["Location"]


@pytest.mark.parametrize("way", ["totp", "recovery_codes"])
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one in-memory database, one connection")
@pytest.mark.django_db(transaction=True)
def test_one_code_sent_by_two_at_once_opens_for_one(way: str) -> None:
    dana = a_place("sunflowers").member("Dana")
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(dana))
        clock.shift(60)
        recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
        code = code_now(secret) if way == "totp" else recovery[0]
        both = [signed_in(dana), signed_in(dana)]
        ready, answers = Barrier(2), []

        def send(client: Client) -> None:
            try:
                ready.wait()
                answers.append(client.post(CHECK, {"code": code}).status_code)
            finally:
                connection.close()

        threads = [Thread(target=send, args=(client,)) for client in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(answers) == [200, 302]


@pytest.mark.parametrize(
    "page", ["/accounts/logout/", "/accounts/login/", "/accounts/2fa/app/add/"]
)
def test_nothing_is_done_for_a_form_that_is_not_ours(place: Place, page: str) -> None:
    """Signing out as well: a page elsewhere must not be able to end somebody's work."""
    client = signed_in(place.member("Priya"))
    client.handler.enforce_csrf_checks = True
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post(page, {"code": "1"}, headers=headers).status_code == 403
    assert client.get(place.at("")).status_code == 200


def test_leaving_asks_the_browser_to_keep_nothing_and_keeps_whose_computer_it_is(
    place: Place,
) -> None:
    client = signed_in(place.member("Dana"))
    assert "Clear-Site-Data" not in client.get(place.at("")).headers
    answer = client.post("/accounts/logout/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["known_device"].value
    client = signed_in(place.member("Dana"))
    with time_machine.travel(this_morning()) as clock:
        client = signed_in(place.member("Dana"))
        clock.shift(60 * 60)
        assert client.get(place.at(""))["Clear-Site-Data"] == '"cache", "storage"'


class CountingHasher(MD5PasswordHasher):
    """Counts how often it works, also for nobody."""

    worked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).worked += 1
        return super().encode(password, salt)


def test_a_wrong_password_costs_the_same_work_for_who_is_here_and_who_is_not(
    place: Place, settings: Any
) -> None:
    """So that the time it takes tells nothing either."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    work = []
    for who in ("priya", "quinn"):
        CountingHasher.worked = 0
        sent = {"login": f"{who}@sunflowers.example", "password": "wrong"}
        Client().post("/accounts/login/", sent)
        work.append(CountingHasher.worked)

    assert work[0] == work[1] >= 1


def test_while_strangers_guess_from_everywhere_the_lead_still_signs_in(place: Place) -> None:
    home = signed_in(place.member("Dana"))
    home.post("/accounts/logout/")
    for number in range(40):
        stranger = Client(REMOTE_ADDR=f"203.0.113.{number}")
        stranger.post("/accounts/login/", {"login": "dana@sunflowers.example", "password": "wrong"})

    assert sign_in(home, place.member("Dana")).status_code == 302
    assert home.get(place.at("")).status_code == 200
