"""A small setting with its people, made through the real actions, and how they sign in."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import uuid4

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.people import actions, sealing
from safeguarding.people.before import Despite
from safeguarding.people.given import Person
from safeguarding.people.models import Child, Member, Setting
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import TEMPORARY, Role

PASSWORD = "lantern gravel otter seventeen"  # noqa: S105  for tests
PEOPLE = {
    "Dana": Role.LEAD,
    "Devi": Role.DEPUTY,
    "Mo": Role.MANAGER,
    "Cora": Role.COMMITTEE_LEAD,
    "Priya": Role.PRACTITIONER,
    "Pat": Role.PARENT,
    "Vic": Role.VOLUNTEER,
}


@dataclass(frozen=True)
class Place:
    """A setting and its people by first name."""

    setting: Setting
    people: dict[str, Member]
    kit: Child

    def member(self, name: str) -> Member:
        """Fetched anew, as on every request."""
        return Member.objects.select_related("user", "setting").get(pk=self.people[name].pk)

    def at(self, path: str) -> str:
        return f"{self.setting.home}{path}"


def a_place(slug: str) -> Place:
    ends = timezone.localdate() + timedelta(days=30)
    people = [
        Person(
            name,
            f"{name}@{slug}.example".lower(),
            frozenset({role}),
            ends if role in TEMPORARY else None,
        )
        for name, role in PEOPLE.items()
    ]
    setting = actions.open_setting(
        by=System(OPERATOR, uuid4()), name=slug.title(), slug=slug, people=people
    )
    members = {one.user.name: one for one in setting.members.select_related("user", "setting")}
    for one in members.values():
        one.user.set_password(PASSWORD)
        one.user.save()
    kit = actions.admit_child(by=members["Mo"], known_as="Kit")
    return Place(setting, members, kit)


def in_a_hurry() -> Despite:
    """Why somebody takes a role before what should come first."""
    return Despite("Our lead is ill.", timezone.localdate() + timedelta(days=28))


def this_morning() -> datetime:
    """Eight o'clock today, when the roles made for a test have begun."""
    return datetime.combine(timezone.localdate(), time(8), timezone.get_current_timezone())


def sign_in(
    client: Client, member: Member, *, password: str = PASSWORD, to: str = ""
) -> HttpResponse:
    data = {"login": member.user.email, "password": password, "next": to}
    return client.post("/accounts/login/", data)  # type: ignore[return-value]


def signed_in(member: Member) -> Client:
    client = Client()
    assert sign_in(client, member).status_code == 302
    return client


def code_now(secret: str) -> str:
    _, counter, _ = yield_hotp_counters_from_time()  # a step before, now, a step after
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up_code_app(client: Client) -> str:
    """Through the pages: the password again, then the first code. Answers the app's secret."""
    page = client.get("/accounts/2fa/app/add/")
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get("/accounts/2fa/app/add/")
    assert page.status_code == 200
    secret = sealing.unseal_text(client.session["mfa.totp.secret"], "second factor")
    done = client.post("/accounts/2fa/app/add/", {"code": code_now(secret)})
    assert done.status_code == 302, done.content
    return secret


def events(event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=event).order_by("at"))


def hidden(page: HttpResponse, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]
