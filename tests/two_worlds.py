"""Two worlds, lived by the same steps at the same moments, but for one thing that is kept from a person.

Everything somebody can reach is asked for in both: each page, with its status, its words, its size and
what it asks of the database. What they were mailed is kept as well. `differences` says what they could
tell the worlds apart by.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from unittest import mock

import time_machine
from django.core import mail
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from safeguarding.people.models import Member
from tests.architecture.addresses import inside, outside
from tests.architecture.examples import WORDS
from tests.budget import asked, shape
from tests.journeys.addresses import kind_of
from tests.people import signed_in

LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
# What is another every time: keys, parts of a second, and how long ago the worker last said that it
# lives. Ids and codes are drawn by lot, but keep their order: the third one met is the third in both.
KEYS = re.compile(
    r'nonce="[^"]*"|name="(?:csrfmiddlewaretoken|written_by|key)" value="[^"]*"|"X-CSRFToken": "[^"]*"'
    r'|(?<=T\d\d:\d\d):\d\d\.\d+|(?<="worker_seconds": )\d+'
)
DRAWN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b"
)
LEAVES = ("/accounts/logout/", "/accounts/stay/", "/static/", "/demo/", "/welcome/")


@dataclass
class Seen:
    """What one person could see in one world."""

    pages: dict[str, tuple[int, str, int, tuple[str, ...]]] = field(default_factory=dict)
    mails: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Life:
    """What happens: to both worlds before and after, and to one of them in between."""

    before: Callable[[], None]
    kept: Callable[[], Iterable[str]]  # gives the addresses of what it made
    later: Callable[[], None]
    moments: tuple[datetime, datetime, datetime]


class Plain:
    """Words without what is drawn by lot, each replaced by its place in the order they were met in."""

    def __init__(self) -> None:
        self.met: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        return DRAWN.sub(self._known, KEYS.sub("", text))

    def _known(self, found: re.Match[str]) -> str:
        return self.met.setdefault(found[0], f"({len(self.met)})")


Look = Callable[[list[str]], Seen]  # looks around in a world; is told where the hidden things are


def both(life: Life, looks: Mapping[str, Look]) -> dict[str, tuple[Seen, Seen]]:
    """What each look sees where it happened, and where it did not."""
    hidden: list[str] = []
    with_it = _lived(life, looks, hidden, kept=True)
    without = _lived(life, looks, hidden, kept=False)
    return {name: (with_it[name], without[name]) for name in looks}


def differences(one: Seen, other: Seen) -> list[str]:
    """By what somebody could tell two worlds apart, each as a line."""
    found = [
        f"{path}: {what}"
        for path in one.pages.keys() | other.pages.keys()
        for what in _differences_of(one.pages.get(path), other.pages.get(path))
    ]
    if one.mails != other.mails:
        found.append(f"mails: {len(one.mails)} and {len(other.mails)}")
    return sorted(found)


def _differences_of(one: object, other: object) -> Iterator[str]:
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        yield "there in one world only"
        return
    names = ("status", "words", "size", "questions to the database")
    yield from (name for name, a, b in zip(names, one, other, strict=True) if a != b)


def _lived(
    life: Life, looks: Mapping[str, Look], hidden: list[str], *, kept: bool
) -> dict[str, Seen]:
    """One world, from its beginning to what each look sees of it. It leaves nothing behind."""
    mail.outbox = []
    begins, goes_on, ends = life.moments
    with transaction.atomic():
        with time_machine.travel(begins):
            with lots_drawn(1):
                life.before()
            if kept:
                hidden.extend(life.kept())
        with time_machine.travel(goes_on), lots_drawn(2):
            life.later()
        with time_machine.travel(ends, tick=False):  # a busy machine looks for more than a minute
            seen = {name: look(hidden) for name, look in looks.items()}
        transaction.set_rollback(True)
    return seen


@contextmanager
def lots_drawn(world: int) -> Iterator[None]:
    """Draw the same ids whenever the same thing is lived."""
    numbers = count(world * 10**12)
    with mock.patch("os.urandom", lambda size: next(numbers).to_bytes(size, "big")):
        yield


def seen_by(
    member: Member, hidden: Iterable[str], *, of_a_kind: int = 1, everywhere: bool = False
) -> Seen:
    """Every page this person can reach from those that need no id, and the hidden ones.

    Of pages of one kind, such as those of a child, so many are opened; the lists that lead to all of
    them are compared whole. With none, only the first page is looked at. Everywhere: outside the
    setting as well, and sending forms to what is hidden.
    """
    client, plain, seen = signed_in(member), Plain(), Seen()
    client.get(member.setting.home)  # the first page of a session notes that it is in use
    waiting = _doors(member, everywhere=everywhere) if of_a_kind else [member.setting.home]
    known = Counter(kind_of(path) for path in waiting)
    tried = set(waiting)
    while waiting:
        answer = _ask(client, waiting.pop(0), plain, seen)
        for link in LINK.findall(answer):
            if link in tried or link.startswith(LEAVES) or known[kind_of(link)] >= of_a_kind:
                continue
            known[kind_of(link)] += 1
            tried.add(link)
            waiting.append(link)
    for path in hidden:
        _ask(client, path, plain, seen)
        if everywhere:
            _ask(client, path, plain, seen, send=True)
    to = member.user.email
    seen.mails = [plain(f"{one.subject}\n{one.body}") for one in mail.outbox if to in one.to]
    return seen


def _doors(member: Member, *, everywhere: bool) -> list[str]:
    words = {**WORDS, "slug": "x"}
    here = [f"/at/{member.setting.slug}{one.filled(words)}" for one in inside() if not one.ids]
    around = [one.filled(words) for one in outside() if not one.ids]
    always = ["/health/", "/no-such-page/", f"{member.setting.home}no-such-page/"]
    return [*here, *always, *(one for one in around if everywhere and not one.startswith(LEAVES))]


def _ask(client: Client, path: str, plain: Plain, seen: Seen, *, send: bool = False) -> str:
    with asked() as statements:
        answer: HttpResponseBase = client.post(path) if send else client.get(path)
    text = b"".join(answer).decode(errors="replace") if not answer.streaming else ""
    words = plain(text + answer.get("Location", ""))
    shapes = tuple(" ".join(shape(one)) for one in statements)
    seen.pages[plain(path) + (" sent" if send else "")] = (
        answer.status_code,
        words,
        len(words),
        shapes,
    )
    return text
