"""Signing in, the second check, and what the trail is told about both."""

from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.second_factor import needs_second_factor

from .cast import (
    PASSWORD,
    Place,
    code_now,
    events,
    set_up_code_app,
    sign_in,
    signed_in,
    this_morning,
)


def test_a_password_alone_gives_a_session_and_leaves_a_line(sunflowers: Place) -> None:
    client = Client()
    answer = sign_in(client, sunflowers.member("Priya"), to=sunflowers.at("people/ties/"))

    assert answer["Location"] == "/at/sunflowers/people/ties/"
    assert client.get(answer["Location"]).status_code == 200
    assert [e.subject_id for e in events("session.started")] == [sunflowers.people["Priya"].user_id]


def test_the_way_on_after_signing_in_is_never_another_site(sunflowers: Place) -> None:
    answer = sign_in(Client(), sunflowers.member("Priya"), to="https://elsewhere.example/")
    assert answer["Location"] == "/"


def test_a_password_alone_does_not_open_a_case(sunflowers: Place, case_page: str) -> None:
    client = signed_in(sunflowers.member("Dana"))
    answer = client.get(sunflowers.at(case_page))

    assert answer["Location"] == "/accounts/second-check/?next=%2Fat%2Fsunflowers%2Fa-case%2F"
    taught = client.get(answer["Location"])
    assert b"passkey" in taught.content
    assert b"what Kit said" not in taught.content


def test_somebody_without_a_second_factor_sets_one_up_and_comes_back(
    sunflowers: Place, case_page: str
) -> None:
    client = signed_in(sunflowers.member("Dana"))
    client.get(client.get(sunflowers.at(case_page))["Location"])
    set_up_code_app(client)

    codes = client.get("/accounts/2fa/recovery-codes/").content
    assert b'href="/accounts/second-check/"' in codes, "the way on from the recovery codes"
    onwards = client.get("/accounts/second-check/")
    assert onwards["Location"] == sunflowers.at(case_page)
    assert b"what Kit said" in client.get(onwards["Location"]).content
    assert events("second_factor.added")


@override_settings(SECOND_FACTOR_HOURS=1)
def test_a_code_opens_cases_for_this_session_and_for_some_hours(
    sunflowers: Place, case_page: str
) -> None:
    dana = sunflowers.member("Dana")
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(dana))
        clock.shift(60)
        client, other = signed_in(dana), signed_in(dana)
        check = client.get(sunflowers.at(case_page), follow=True).redirect_chain[-1][0]
        assert check.startswith("/accounts/2fa/reauthenticate/?next=")
        answer = client.post(check, {"code": code_now(secret)})

        assert answer["Location"] == sunflowers.at(case_page)
        assert b"what Kit said" in client.get(sunflowers.at(case_page)).content
        assert other.get(sunflowers.at(case_page)).status_code == 302
        assert [e.details["way"] for e in events("second_check.passed")][-1] == "totp"

        for _ in range(7):  # at work, and then asked again
            clock.shift(540)
            assert client.get("/accounts/stay/").status_code == 200
        assert client.get(sunflowers.at(case_page)).status_code == 302


def test_a_recovery_code_is_a_second_check_and_works_once(
    sunflowers: Place, case_page: str
) -> None:
    dana = sunflowers.member("Dana")
    client = signed_in(dana)
    set_up_code_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    page = "/accounts/2fa/reauthenticate/"
    fresh = signed_in(dana)

    assert fresh.post(page, {"code": codes[0]}).status_code == 302
    assert fresh.get(sunflowers.at(case_page)).status_code == 200
    assert signed_in(dana).post(page, {"code": codes[0]}).status_code == 200


def test_signing_in_with_a_passkey_is_a_second_check(
    sunflowers: Place, case_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = sunflowers.member("Dana")
    key = Authenticator.objects.create(user=dana.user, type="webauthn", data={"name": "My phone"})
    monkeypatch.setattr(webauthn, "parse_authentication_response", lambda answer: answer)
    monkeypatch.setattr(webauthn, "extract_user_from_response", lambda _answer: dana.user)
    monkeypatch.setattr(webauthn, "complete_authentication", lambda _user, _answer: key)
    client = Client()
    data = {"credential": '{"id": "x"}', "next": sunflowers.at(case_page)}
    answer = client.post("/accounts/passkeys/sign-in/", data)

    assert answer["Location"] == sunflowers.at(case_page)
    assert b"what Kit said" in client.get(answer["Location"]).content
    assert events("session.started")[0].details["way"] == "mfa"


def test_a_passkey_that_is_not_ours_signs_nobody_in_and_leaves_a_line(db: None) -> None:
    client = Client()
    for credential in ("{}", "not json", '{"id": "x", "response": {"userHandle": "eA"}}'):
        client.post("/accounts/passkeys/sign-in/", {"credential": credential})
    assert client.get("/accounts/security/").status_code == 302
    assert len(events("sign_in.refused")) == 3


def test_the_page_to_add_a_passkey_offers_one_for_this_installation(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Dana"))
    asked = client.get("/accounts/passkeys/add/")["Location"]
    client.post(asked, {"password": PASSWORD})
    assert b"Hedgerow" in client.get("/accounts/passkeys/add/").content


def test_whoever_has_only_a_passkey_is_asked_for_it(sunflowers: Place, case_page: str) -> None:
    dana = sunflowers.member("Dana")
    Authenticator.objects.create(user=dana.user, type="webauthn", data={"name": "My phone"})
    asked = signed_in(dana).get(f"/accounts/second-check/?next={sunflowers.at(case_page)}")
    assert asked["Location"].startswith("/accounts/passkeys/check/?next=%2Fat%2Fsunflowers")


def test_secrets_are_not_in_the_database(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Dana"))
    client.get("/accounts/2fa/app/add/")
    secret = set_up_code_app(client)

    for row in Authenticator.objects.all():
        assert secret not in str(row.data)
        assert (row.data.get("secret") or row.data["seed"]).startswith("k")
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now(secret))


def test_a_stolen_password_cannot_add_or_change_a_second_factor(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    set_up_code_app(signed_in(dana))
    thief = signed_in(dana)

    for page in (
        "passkeys/add/",
        "2fa/recovery-codes/",
        "2fa/recovery-codes/new/",
        "2fa/app/remove/",
    ):
        asked = thief.get(f"/accounts/{page}")
        assert asked["Location"].startswith("/accounts/2fa/reauthenticate/"), page
    tried = thief.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert tried["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert thief.get("/accounts/passkeys/add/").status_code == 302


@pytest.mark.parametrize(("minutes", "asked"), [(4, False), (6, True)])
def test_at_a_screen_left_open_nobody_adds_a_second_factor_after_five_minutes(
    sunflowers: Place, minutes: int, *, asked: bool
) -> None:
    with time_machine.travel(this_morning(), tick=False) as clock:
        client = signed_in(sunflowers.member("Dana"))
        secret = set_up_code_app(client)
        clock.shift(60)
        client.post("/accounts/2fa/reauthenticate/", {"code": code_now(secret)})
        clock.shift(minutes * 60)
        answer = client.get("/accounts/passkeys/add/")

    assert ("reauthenticate" in answer.headers.get("Location", "")) == asked


def test_a_lost_second_factor_is_removed_at_the_machine_and_on_record(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    client = signed_in(dana)
    set_up_code_app(client)
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("remove_second_check", "nobody@example.org")
    call_command("remove_second_check", "Dana@Sunflowers.example", stdout=StringIO())

    assert needs_second_factor(dana.user, dana)
    assert client.get("/accounts/security/").status_code == 302
    assert events("second_factor.removed")[0].actor_name == "operator"
    with pytest.raises(PermissionDenied):
        actions.remove_second_factor(by=System("sign-in", INSTALLATION), user=dana.user)


def test_changing_a_second_factor_ends_the_other_sessions(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    here, elsewhere = signed_in(dana), signed_in(dana)
    assert elsewhere.get("/accounts/security/").status_code == 200

    set_up_code_app(here)

    assert here.get("/accounts/security/").status_code == 200
    assert elsewhere.get("/accounts/security/").status_code == 302


def test_changing_the_password_ends_the_other_sessions(sunflowers: Place) -> None:
    priya = sunflowers.member("Priya")
    here, elsewhere = signed_in(priya), signed_in(priya)
    new = "marble saddle thunder nine"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    assert here.post("/accounts/password/change/", data).status_code == 302
    assert here.get("/accounts/security/").status_code == 200
    assert elsewhere.get("/accounts/security/").status_code == 302
    assert events("password.changed")


def test_the_session_list_shows_and_ends_them(sunflowers: Place) -> None:
    priya = sunflowers.member("Priya")
    here, elsewhere = signed_in(priya), signed_in(priya)

    assert here.get("/accounts/sessions/").status_code == 200
    here.post("/accounts/sessions/")
    assert elsewhere.get("/accounts/security/").status_code == 302
    assert here.get("/accounts/security/").status_code == 200


def test_signing_out_is_a_post_and_leaves_a_line(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Priya"))
    client.get("/accounts/logout/")
    assert client.get("/accounts/security/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/security/").status_code == 302
    assert events("session.ended")


def test_there_is_no_page_to_sign_up(db: None) -> None:
    assert Client().get("/accounts/signup/").status_code == 404


def test_an_ended_account_is_out_on_the_next_request(sunflowers: Place) -> None:
    priya = sunflowers.member("Priya")
    client = signed_in(priya)
    priya.user.is_active = False
    priya.user.save()
    assert client.get("/accounts/security/").status_code == 302


@pytest.mark.parametrize("name", ["Dana", "Devi", "Mo", "Cora"])
def test_those_who_open_cases_need_a_second_factor(sunflowers: Place, name: str) -> None:
    member = sunflowers.member(name)
    assert needs_second_factor(member.user, member)
    set_up_code_app(signed_in(member))
    assert not needs_second_factor(member.user, member)


@pytest.mark.parametrize("name", ["Pat", "Vic", "Priya"])
def test_those_who_only_report_are_never_asked(sunflowers: Place, name: str) -> None:
    member = sunflowers.member(name)
    assert not needs_second_factor(member.user, member)
    home = signed_in(member).get(sunflowers.at("people/ties/"))
    assert home.status_code == 200
