"""A link that a colleague was shown opens no account that reads cases, or that belongs elsewhere too."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.people.tasks import send_letter
from tests.people import signed_in

from .cast import Place, a_place, events, in_a_hurry

WORDS = "seven lanterns under gravel otters"


def hired(here: Place) -> tuple[Member, str]:
    """A practitioner, and the link that the manager is shown."""
    roles = frozenset({Role.PRACTITIONER})
    person = Person("Nina", "nina@sunflowers.example", roles)
    new = actions.add_member(by=here.member("Mo"), person=person)
    return new, actions.invite(by=here.member("Mo"), to=new)


def choose_password(link: str) -> Client:
    browser = Client()
    page: Any = browser.get(urlsplit(link).path, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": WORDS, "password2": WORDS})
    return browser


def promote(here: Place, to: Member) -> None:
    held = actions.grant_role(by=here.member("Mo"), to=to, role=Role.DEPUTY)
    actions.confirm_role(by=here.member("Cora"), held=held, despite=in_a_hurry())


@pytest.mark.parametrize("used", ["before", "after"])
def test_it_opens_nothing_once_they_read_cases(sunflowers: Place, used: str) -> None:
    new, link = hired(sunflowers)
    browser = choose_password(link) if used == "before" else None
    new.user.refresh_from_db()
    Authenticator.objects.create(user=new.user, type=Authenticator.Type.TOTP, data={})
    promote(sunflowers, new)
    browser = browser or choose_password(link)

    new.user.refresh_from_db()
    assert not new.user.has_usable_password()
    assert not Authenticator.objects.filter(user=new.user).exists()
    assert "/accounts/login/" in browser.get(sunflowers.at("concerns/"))["Location"]
    assert len(events("invitation.made_anew")) == 1
    queued = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert {"args": ["theirs_alone", str(new.user_id)], "kwargs": {}} in list(queued)


def test_they_choose_a_new_one_with_a_link_that_only_they_get(sunflowers: Place) -> None:
    new, _ = hired(sunflowers)
    promote(sunflowers, new)
    send_letter.call("theirs_alone", str(new.user_id))
    (letter,) = mail.outbox
    assert letter.to == ["nina@sunflowers.example"]

    new.user.refresh_from_db()
    link = next(line for line in str(letter.body).splitlines() if line.startswith("http"))
    way = choose_password(link).get(sunflowers.at("concerns/"))["Location"]
    assert way.startswith("/accounts/second-check/"), "signed in, and asked for the second check"
    assert actions.invite(by=sunflowers.member("Mo"), to=new) == "", "nobody is shown one any more"


def test_it_opens_no_other_setting(sunflowers: Place) -> None:
    new, link = hired(sunflowers)
    choose_password(link)
    elsewhere = a_place("poppies")
    person = Person("Nina", new.user.email, frozenset({Role.PRACTITIONER}))
    actions.add_member(by=elsewhere.member("Mo"), person=person)
    new.user.refresh_from_db()
    assert not new.user.has_usable_password()


def test_whoever_has_a_link_that_nobody_saw_goes_on(sunflowers: Place) -> None:
    vic = sunflowers.member("Vic")
    password = vic.user.password
    promote(sunflowers, vic)
    vic.user.refresh_from_db()
    assert vic.user.password == password


def test_whoever_gives_the_role_learns_that_a_link_is_mailed(sunflowers: Place) -> None:
    new, _ = hired(sunflowers)
    client = signed_in(sunflowers.member("Mo"))
    given = {"role": "deputy", "starts_day": "", "starts_month": "", "starts_year": ""}
    page = client.post(sunflowers.at(f"people/{new.pk}/roles/"), given, follow=True)
    assert "they have been mailed a new one" in page.content.decode()
