"""F22: every address, by everybody, with their own ids and another setting's in every place an id can be.

Who gets in where is written down by hand in who_gets_in.yaml: the code reads access.yaml, people read this.
What is written at another setting, and in cases a person may not read, must come out nowhere.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
import yaml
from django.core import mail
from django.core.management import get_commands
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from foundation.jobs import timetable
from foundation.jobs.worker import run_ready
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.people.roles import Role
from tests.people import signed_in

from .addresses import inside, outside
from .examples import Examples
from .markers import CASES, FOREIGN
from .source import ROOT
from .test_walls import fill, undone

Both = tuple[Examples, Examples]

FILE = Path(__file__).with_name("who_gets_in.yaml")
ADDRESSES = {str(address): address for address in inside()}
# One for each row of the matrix in every run; the others, who hold much the same, with -m long.
SHORT, LONG = (
    ("dana", "morgan", "cleo", "tariq", "priya", "pat"),
    ("devi", "wren", "omar", "sam", "vic"),
)
# What the police said of a frozen file is read by whoever may say yes to it, who reads nothing else.
SECOND_PERSON = {"concerns:frozen_file"}
READ_NO_CASE = ("cleo", "omar", "sam", "pat", "vic")
UNKNOWN = "Say in tests/architecture/who_gets_in.yaml who gets in at {names}, by the access matrix."
WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "?(?!audit_|django_session|people_heldform)')
MARKS = re.compile(f"{FOREIGN}|{CASES}")
FIELD = re.compile(r'name="(\w+)"')

once = pytest.mark.once  # the forms below are tried on PostgreSQL as well, behind the second fence


@cache
def table() -> dict[str, dict[str, str]]:
    """The hand-written tables: inside, outside, commands, tasks."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def everything_foreign(here: Examples, there: Examples) -> dict[str, str]:
    """Another setting's id under every name an id has with us."""
    return {name: value for name, value in there.ids.items() if value != here.ids.get(name)}


def visit(client: Client, path: str, foreign: dict[str, str]) -> HttpResponseBase:
    """Ask for a page, with another setting's ids in the query, the headers and the cookies."""
    client.cookies["member"] = client.cookies["setting"] = foreign["member_id"]
    headers = {"HX-Request": "true", "HX-Current-URL": f"/at/bluebells/{foreign['case_id']}/"}
    query = {**foreign, **{name.removesuffix("_id"): value for name, value in foreign.items()}}
    answer = client.get(path, query, headers=headers)
    return send(client, path, query) if answer.status_code == 405 else answer


def send(client: Client, path: str, said: dict[str, str]) -> HttpResponseBase:
    """As a browser sends a form without files, which is much less work to read than one with."""
    return client.post(path, urlencode(said), content_type="application/x-www-form-urlencoded")


def is_in(answer: HttpResponseBase) -> bool:
    leads_to = answer.get("Location", "") or answer.get("HX-Redirect", "")
    return answer.status_code not in {403, 404} and not leads_to.startswith("/accounts/")


def seen(answer: HttpResponseBase) -> str:
    """All that came back: the body, and what its headers say."""
    body = getattr(answer, "content", b"").decode("utf-8", "replace")
    return f"{body} {list(answer.items())} {answer.cookies.output()}"


@once
def test_every_address_command_and_timed_task_is_in_the_table() -> None:
    commands = {name for name, app in get_commands().items() if not app.startswith("django.")}
    tasks = {entry.name for entry in timetable.read(ROOT / "config" / "schedule.yaml")}
    known = {
        "inside": set(ADDRESSES),
        "outside": {str(address) for address in outside()},
        "commands": commands,
        "tasks": tasks,
    }
    for kind, names in known.items():
        missing, gone = names - set(table()[kind]), set(table()[kind]) - names
        assert not missing, UNKNOWN.format(names=sorted(missing))
        assert not gone, f"there is no {sorted(gone)} any more"


@once
@pytest.mark.parametrize(
    "name", [*SHORT, *(pytest.param(one, marks=pytest.mark.long) for one in LONG)]
)
def test_each_gets_in_where_the_table_says_and_reads_nothing_of_others(
    both: Both, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    here, there = both
    foreign, client = everything_foreign(here, there), signed_in(here.nursery.people[name])
    wrong, never = [], (FOREIGN, CASES) if name in READ_NO_CASE else (FOREIGN,)
    for address in ADDRESSES.values():
        with undone():
            answer = visit(client, here.path(fill(address, here)), foreign)
        read, who = seen(answer), table()["inside"][str(address)].split()
        if is_in(answer) != (name in who or who == ["everyone"]):
            wrong.append(f"{address} answered {answer.status_code}")
        words = (FOREIGN,) if str(address) in SECOND_PERSON else never
        wrong += [f"{address} shows {_around(read, word)}" for word in words if word in read]

    assert wrong == []
    assert not MARKS.search(caplog.text)


def _around(text: str, word: str) -> str:
    at = text.index(word)
    return text[max(0, at - 60) : at + 60]


def test_another_settings_ids_in_a_form_change_nothing_there_and_show_nothing(both: Both) -> None:
    """Nor does a row of this setting come to point at one of theirs."""
    here, there = both
    foreign, wrong = everything_foreign(here, there), list[str]()
    theirs = {UUID(one).hex for one in foreign.values() if len(one) == 36}
    theirs.add(there.nursery.setting.pk.hex)
    client = signed_in(here.nursery.dana)
    for address in ADDRESSES.values():
        path = here.path(fill(address, here))
        with undone(), writes_with(theirs) as written:
            body = {name: said(name, foreign) for name in FIELD.findall(seen(client.get(path)))}
            answer = send(client, path, body | foreign)
        wrong += [f"{address} wrote: {statement}" for statement in written]
        if FOREIGN in seen(answer):
            wrong.append(f"{address} showed it")

    assert wrong == []


@contextmanager
def writes_with(ids: set[str]) -> Iterator[list[str]]:
    """The statements that write one of these ids, but for the trail and what a person was typing."""
    written: list[str] = []

    def listen(execute: Any, sql: str, params: Any, *more: Any) -> Any:
        if WRITES.match(sql) and not ids.isdisjoint(map(stored, params or ())):
            written.append(sql)
        return execute(sql, params, *more)

    with connection.execute_wrapper(listen):
        yield written


def stored(value: object) -> str:
    """An id as a column for ids is given it. What somebody typed that looks like one is only text."""
    return value.hex if isinstance(value, UUID) else str(value)


def said(name: str, foreign: dict[str, str]) -> str:
    """Something for a field of this name: an id of the other setting where it may take one."""
    for kind in ("child", "carer", "family", "case", "concern", "item", "role", "contact"):
        if kind in name:
            return foreign[f"{kind}_id"]
    return foreign["member_id"]


@once
def test_what_is_mailed_and_done_by_the_clock_carries_no_word_of_any_record(both: Both) -> None:
    for entry in timetable.read(ROOT / "config" / "schedule.yaml"):
        entry.task.enqueue()
    run_ready()

    letters = [f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox]
    assert letters
    assert [one for one in letters if MARKS.search(one.replace(f"{FOREIGN} member name", ""))] == []


def people_who_may_not(here: Examples) -> Iterator[tuple[str, Client]]:
    """Everybody who has no place here: each signed in as well as they can be.

    Another setting's lead is tried by test_walls.
    """
    nursery = here.nursery
    yield "nobody", Client()
    yield "suspended", signed_in(nursery.devi)
    yield "ended", signed_in(nursery.vic)
    yield "invited", signed_in(_added(here, "Ines Later", starts=1, ends=20))
    yield "expired", signed_in(_added(here, "Eli Past", starts=-20, ends=20))
    User.objects.filter(pk=nursery.devi.user.pk).update(is_active=False)
    today = timezone.localdate()
    gone = RoleHeld.objects.filter(member__name__in=["Eli Past", nursery.vic.name])
    gone.update(starts=today - timedelta(days=9), ends=today - timedelta(days=1))


def _added(here: Examples, name: str, *, starts: int, ends: int) -> Member:
    today = timezone.localdate()
    person = Person(
        name=name,
        email=f"{name.split()[0].lower()}@sunflowers.example",
        roles=frozenset({Role.VOLUNTEER}),
        starts=today + timedelta(days=starts),
        ends=today + timedelta(days=ends),
    )
    return actions.add_member(by=here.nursery.morgan, person=person)


@once
def test_whoever_has_no_place_here_any_more_or_yet_gets_in_nowhere(both: Both) -> None:
    here, there = both
    foreign = everything_foreign(here, there)
    for who, client in list(people_who_may_not(here)):
        for address in ADDRESSES.values():
            with undone():
                answer = visit(client, here.path(fill(address, here)), foreign)

            assert not is_in(answer) or getattr(address.view, "door", "") == "public", (
                who,
                address,
            )
            assert not MARKS.search(seen(answer)), (who, address)
