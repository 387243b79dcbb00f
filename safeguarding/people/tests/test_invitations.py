"""How somebody gets a password of their own, and nobody else ever does."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import User
from safeguarding.people.roles import Role
from safeguarding.people.tasks import SUBJECTS, send_letter
from tests.people import signed_in as checked

from .cast import PASSWORD, Place, sign_in, this_morning


def test_a_forgotten_password_makes_a_letter_that_names_nothing(sunflowers: Place) -> None:
    priya = sunflowers.member("Priya")
    client = Client()
    client.post("/accounts/password/reset/", {"email": priya.user.email})
    assert _queued() == [["reset", str(priya.user.pk)]]
    send_letter.call(*_queued()[-1])

    sent = mail.outbox[0]
    assert sent.to == [priya.user.email]
    link = _link_in(sent.body)
    assert client.get(link).status_code == 302, "it opens the form"
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
def test_every_letter_can_be_sent_and_is_plain(db: None, letter: str) -> None:
    nia = User.objects.create_user("nia@north.example")
    send_letter.call(letter, str(nia.pk))
    body = mail.outbox[0].body
    assert "&amp;" not in body
    assert "child" not in body.lower()


def test_no_row_of_a_job_holds_a_link_or_an_address(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    Client().post("/accounts/password/reset/", {"email": "PRIYA@sunflowers.example"})
    new = actions.add_member(by=mo, person=_somebody())
    link = actions.invite(by=mo, to=new)
    rows = str(list(DBTaskResult.objects.values()))

    assert _queued() == [
        ["reset", str(sunflowers.people["Priya"].user_id)],
        ["invitation", str(new.user_id)],
    ]
    assert "/key/" not in rows
    assert "@" not in rows
    assert link.split("-", 1)[1].rstrip("/") not in rows


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.COMMITTEE_LEAD, Role.PRACTITIONER])
def test_a_manager_is_shown_no_link_of_somebody_who_reads_cases(
    sunflowers: Place, role: Role
) -> None:
    mo = sunflowers.member("Mo")
    new = actions.add_member(by=mo, person=_somebody(role))
    page = checked(mo).post(sunflowers.at(f"people/{new.pk}/invite/"))

    assert page.status_code == 200
    assert (b"/accounts/password/reset/key/" in page.content) == (role == Role.PRACTITIONER)
    send_letter.call(*_queued()[-1])
    assert Client().get(_link_in(mail.outbox[0].body)).status_code == 302


def test_an_invitation_is_not_sent_late_to_whoever_has_a_password(sunflowers: Place) -> None:
    send_letter.call("invitation", str(sunflowers.people["Priya"].user_id))
    sunflowers.people["Mo"].user.is_active = False
    sunflowers.people["Mo"].user.save()
    send_letter.call("reset", str(sunflowers.people["Mo"].user_id))
    assert mail.outbox == []


def _link_in(body: object) -> str:
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", str(body))
    assert found
    return found[1]


def _somebody(role: Role = Role.PRACTITIONER) -> Person:
    return Person("Nia", "Nia@Example.org", frozenset({role}))


def test_nobody_is_flooded_with_links_that_a_stranger_asks_for(sunflowers: Place) -> None:
    priya, page = sunflowers.member("Priya"), "/accounts/password/reset/"
    with time_machine.travel(this_morning(), tick=False) as clock:
        for _ in range(10):
            answer = Client().post(page, {"email": priya.user.email})
            assert answer["Location"] == "/accounts/password/reset/done/", "it says the same"
            clock.shift(61)
        assert len(_queued()) == 6
        clock.shift(60 * 60)
        Client().post(page, {"email": priya.user.email})
    assert len(_queued()) == 7


def test_a_stranger_who_never_stops_asking_keeps_nobody_from_a_link(sunflowers: Place) -> None:
    priya, page = sunflowers.member("Priya"), "/accounts/password/reset/"
    with time_machine.travel(this_morning(), tick=False) as clock:
        for _ in range(30):
            Client().post(page, {"email": priya.user.email})
            clock.shift(5 * 60)
    assert len(_queued()) == 18, "six in each hour, also in the second and the third"


def _queued() -> list[list[str]]:
    return [row.args_kwargs["args"] for row in DBTaskResult.objects.order_by("enqueued_at")]
