"""How somebody gets a password of their own, and nobody else ever does."""

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.roles import Role
from safeguarding.people.tasks import SUBJECTS, send_letter

from .cast import PASSWORD, Place, sign_in


def test_a_forgotten_password_makes_a_letter_that_names_nothing(sunflowers: Place) -> None:
    priya = sunflowers.member("Priya")
    client = Client()
    client.post("/accounts/password/reset/", {"email": priya.user.email})
    letter, to, link = _queued()[-1]
    send_letter.call(letter, to, link)

    sent = mail.outbox[0]
    assert sent.to == [priya.user.email]
    assert link.startswith("http://localhost:8000/accounts/password/reset/key/")
    assert link in sent.body
    for word in ("Sunflowers", "Priya", "concern", "Kit"):
        assert word not in f"{sent.subject} {sent.body}"


def test_the_link_of_an_invitation_works_once_and_for_its_person(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    new = actions.add_member(by=mo, person=_somebody())
    link = actions.invite(by=mo, to=new)
    client, path = Client(), link.removeprefix("http://localhost:8000")
    page = client.get(path)
    words = "marble saddle thunder nine"
    done = client.post(page["Location"], {"password1": words, "password2": words})

    assert done.status_code == 302
    assert client.get("/accounts/security/").status_code == 200
    assert Client().get(path).status_code == 200  # says the link was used, and goes nowhere
    assert sign_in(Client(), new, password=words).status_code == 302
    new.user.refresh_from_db()
    assert actions.invite(by=mo, to=new) == ""  # there is a password now, and it is theirs


def test_nobody_gets_a_link_into_an_account_that_is_also_elsewhere(
    sunflowers: Place, bluebells: Place
) -> None:
    new = actions.add_member(by=sunflowers.member("Mo"), person=_somebody())
    same = actions.add_member(by=bluebells.member("Mo"), person=_somebody())
    assert new.user_id == same.user_id

    assert actions.invite(by=bluebells.member("Mo"), to=same) == ""
    new.user.set_password(PASSWORD)
    new.user.save()
    assert actions.invite(by=sunflowers.member("Mo"), to=new) == ""
    with pytest.raises(RuleBroken, match="already here"):
        actions.add_member(by=bluebells.member("Mo"), person=_somebody())


@pytest.mark.parametrize("letter", sorted(SUBJECTS))
def test_every_letter_can_be_sent_and_is_plain(letter: str) -> None:
    send_letter.call(letter, "nia@north.example", "https://here.example/a&b")
    body = mail.outbox[0].body
    assert "&amp;" not in body
    assert "child" not in body.lower()


def _somebody() -> Person:
    return Person("Nia", "Nia@Example.org", frozenset({Role.PRACTITIONER}))


def _queued() -> list[list[str]]:
    return [row.args_kwargs["args"] for row in DBTaskResult.objects.order_by("enqueued_at")]
