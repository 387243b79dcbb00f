"""An address that was typed with a slip, or is no longer theirs, is changed at the machine."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.roles import Role
from safeguarding.people.tasks import send_letter

from .cast import Place, events, sign_in, signed_in

TYPED, RIGHT = "nina@sunflowres.example", "nina@sunflowers.example"


def change(old: str, new: str) -> str:
    said = StringIO()
    call_command("change_address", old, new, stdout=said)
    return said.getvalue()


def test_a_slip_is_put_right_before_they_ever_came(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    new = actions.add_member(by=mo, person=Person("Nina", TYPED, frozenset({Role.PRACTITIONER})))
    went_astray = urlsplit(actions.invite(by=mo, to=new)).path
    assert "no password yet" in change(TYPED.title(), RIGHT)

    assert "password1" not in Client().get(went_astray, follow=True).text
    new.user.refresh_from_db()
    link = urlsplit(actions.invite(by=mo, to=new)).path
    assert "password1" in Client().get(link, follow=True).text
    queued = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert {"args": ["address_changed", str(new.user_id)], "kwargs": {}} in list(queued)
    send_letter.call("address_changed", str(new.user_id))
    assert [one.to for one in mail.outbox] == [[RIGHT]], "nothing more to whoever has the slip"


def test_they_sign_in_with_it_from_now_and_nowhere_else(sunflowers: Place) -> None:
    dana = sunflowers.member("Dana")
    here, page = signed_in(dana), sunflowers.at("")
    change(dana.user.email, "dana@home.example")
    assert "/accounts/login/" in here.get(page)["Location"]
    assert sign_in(Client(), dana).status_code == 200
    assert sign_in(Client(), sunflowers.member("Dana")).status_code == 302
    assert events("address.changed")
    assert [one.to for one in mail.outbox] == [[dana.user.email]], "the other letter is queued"
    assert "dana@home.example" not in mail.outbox[0].body


def test_an_address_of_somebody_else_or_none_at_all_is_refused(sunflowers: Place) -> None:
    dana, devi = (sunflowers.member(one).user for one in ("Dana", "Devi"))
    for old, new, said in (
        (dana.email, devi.email.upper(), "signs in with this address already"),
        (dana.email, "dana at home", "whole address"),
        ("nobody@example.org", RIGHT, "Nobody signs in"),
    ):
        with pytest.raises(CommandError, match=said):
            change(old, new)
    with pytest.raises(PermissionDenied):
        actions.change_address(by=System("daily reminders", dana.pk), user=dana, email=RIGHT)
