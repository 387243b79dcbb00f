"""What somebody with a stolen password cannot do."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from safeguarding.people.models import Member
from safeguarding.people.passwords import link_for
from safeguarding.people.tasks import send_letter

from .cast import PASSWORD, Place, code_now, events, set_up_code_app, sign_in, signed_in

NEW = "marble saddle thunder nine"
PAGES = ("2fa/app/add/", "passkeys/add/")


def _long_here(place: Place, name: str = "Dana") -> Member:
    member = place.member(name)
    member.user.created_at = timezone.now() - timedelta(days=8)
    member.user.save()
    return member


def _asked(client: Client, page: str) -> Client:
    """Past the question for the password, which a thief knows."""
    answer = client.get(f"/accounts/{page}")
    if answer.status_code == 302:
        client.post(answer["Location"], {"password": PASSWORD})
    return client


def _by_link(member: Member) -> Client:
    client = Client()
    form = client.get(link_for(member.user).removeprefix("http://localhost:8000"))["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    return client


# --- Changing the password, ending sessions ------------------------------------------------------


@pytest.mark.parametrize("page", ["/accounts/password/change/", "/accounts/sessions/"])
def test_it_changes_nothing_where_there_is_a_second_factor(sunflowers: Place, page: str) -> None:
    dana = sunflowers.member("Dana")
    at_work = signed_in(dana)
    secret = set_up_code_app(at_work)
    thief = signed_in(dana)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    for tried in (thief.get(page), thief.post(page, data)):
        assert tried.status_code == 302
        assert tried["Location"].startswith("/accounts/second-check/?next=%2Faccounts%2F")
    dana.user.refresh_from_db()
    assert dana.user.check_password(PASSWORD)
    assert at_work.get("/accounts/security/").status_code == 200

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        check = thief.get("/accounts/second-check/", {"next": page})["Location"]
        assert thief.post(check, {"code": code_now(secret)})["Location"] == page
        assert thief.get(page).status_code == 200, "after the check it is the person"


# --- A first second check -------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_it_sets_up_no_second_check_on_an_account_that_is_not_new(
    sunflowers: Place, page: str, case_page: str
) -> None:
    thief = _asked(signed_in(_long_here(sunflowers)), page)
    for tried in (thief.get(f"/accounts/{page}"), thief.post(f"/accounts/{page}", {"code": "1"})):
        assert tried.status_code == 403
        assert b"Ask for a link" in tried.content
    assert "mfa.totp.secret" not in thief.session

    taught = thief.get(thief.get(sunflowers.at(case_page))["Location"])
    assert b"Ask for a link" in taught.content
    assert b"Set up a code app" not in taught.content
    assert not Authenticator.objects.exists()
    assert events("second_factor.refused")[0].subject_id == sunflowers.people["Dana"].user_id


def test_a_page_left_open_since_the_first_week_sets_up_nothing(sunflowers: Place) -> None:
    client = _asked(signed_in(sunflowers.member("Dana")), PAGES[0])
    client.get(f"/accounts/{PAGES[0]}")
    _long_here(sunflowers)
    assert client.post(f"/accounts/{PAGES[0]}", {"code": "1"}).status_code == 403


def test_a_new_account_sets_one_up_in_its_first_week(sunflowers: Place) -> None:
    set_up_code_app(signed_in(sunflowers.member("Dana")))
    assert events("second_factor.added")


def test_whoever_came_by_the_mailed_link_sets_one_up_in_that_session_only(
    sunflowers: Place,
) -> None:
    dana = _long_here(sunflowers)
    by_link = _by_link(dana)
    assert signed_in(dana).get("/accounts/2fa/app/add/").status_code == 403
    set_up_code_app(by_link)
    assert Authenticator.objects.filter(user=dana.user, type="totp").exists()


def test_the_link_counts_also_for_whoever_was_signed_in_already(sunflowers: Place) -> None:
    dana = _long_here(sunflowers)
    client = signed_in(dana)
    dana.user.refresh_from_db()
    form = client.get(link_for(dana.user).removeprefix("http://localhost:8000"))["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    set_up_code_app(client)
    client.post("/accounts/logout/")
    Authenticator.objects.all().delete()
    sign_in(client, dana)
    assert client.get("/accounts/2fa/app/add/").status_code == 403, "another session"


def test_a_day_is_open_after_the_old_one_was_removed_at_the_machine(sunflowers: Place) -> None:
    dana, devi = _long_here(sunflowers), _long_here(sunflowers, "Devi")
    call_command("remove_second_check", dana.user.email, stdout=StringIO())
    assert signed_in(devi).get("/accounts/2fa/app/add/").status_code == 403
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert signed_in(dana).get("/accounts/2fa/app/add/").status_code == 403
    set_up_code_app(signed_in(dana))


def test_taking_ones_own_away_opens_nothing_for_others(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    dana.user.name = "operator"
    dana.user.save()
    client = signed_in(dana)
    set_up_code_app(client)
    _long_here(sunflowers)
    client.post("/accounts/2fa/app/remove/")

    assert not Authenticator.objects.filter(type="totp").exists()
    assert signed_in(dana).get("/accounts/2fa/app/add/").status_code == 403
    assert client.get("/accounts/2fa/app/add/").status_code == 200, "a new phone, same session"


def test_the_person_is_told_by_a_letter_that_says_nothing_else(
    sunflowers: Place, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up_code_app(signed_in(sunflowers.member("Dana")))
    queued = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    user = sunflowers.people["Dana"].user
    assert ["second_check_added", str(user.pk)] in queued

    send_letter.call("second_check_added", str(user.pk))
    assert mail.outbox[0].to == [user.email]
    for word in ("Dana", "Sunflowers", "concern", "case"):
        assert word not in f"{mail.outbox[0].subject} {mail.outbox[0].body}"


def test_a_passkey_has_a_plain_name(sunflowers: Place) -> None:
    user = sunflowers.people["Dana"].user
    kind = Authenticator.Type.WEBAUTHN
    names = []
    for _ in range(3):
        names.append(get_adapter().generate_authenticator_name(user, kind))
        Authenticator.objects.create(user=user, type=kind, data={"name": names[-1]})
    assert names == ["My passkey", "My passkey 2", "My passkey 3"]
