"""Whatever is sent to whatever address by whoever: it is answered, and nothing leaks (F29).

The short form of `bin/fuzz --pages 20000`. Most of the inputs of F29 go to what reads them directly:
`test_readers.py`.
"""

import os
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.signals import got_request_exception
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from safeguarding.concerns import actions
from safeguarding.concerns.report import Report
from tests.architecture.examples import Examples, lived_in
from tests.people import signed_in

from .inputs import MARK, Request, as_sent, drawn

FIRST = int(os.environ.get("FUZZ_FROM", "0"))
INPUTS = int(os.environ.get("FUZZ_INPUTS", "300"))
ZEBRA = "zebra-of-bluebells"  # stands in what only Bluebells may read
PEOPLE = ("dana", "morgan", "priya", "tess", "vic")
ANSWERS_503 = {"health"}  # no worker is at work in a test

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told_of_a_zebra(at: Examples) -> None:
    report = Report(
        kind="welfare-concern",
        risk_area="content",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw=f"He drew a {ZEBRA}.",
    )
    actions.file_report(by=at.nursery.priya, key=uuid4(), report=report)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Askers:
    """Browsers of several people and one of a stranger. What they do is undone after each request."""

    def __init__(self, at: Examples) -> None:
        people = at.nursery.people
        self.browsers = [signed_in(people[name]) for name in PEOPLE if name in people]
        self.browsers.append(Client())
        for browser in self.browsers:
            browser.raise_request_exception = False
        self.cookies = [browser.cookies.output() for browser in self.browsers]
        self.went_wrong: list[str] = []

    def send(self, request: Request) -> HttpResponseBase:
        browser = self.browsers[request.who]
        kept = {name: morsel.value for name, morsel in browser.cookies.items()}
        browser.cookies.update(SimpleCookie(request.cookies))
        try:
            with undone():
                return browser.generic(
                    request.method,
                    request.path,
                    request.body,
                    request.kind or "application/octet-stream",
                    headers={name: as_sent(value) for name, value in request.headers.items()},
                )
        finally:
            browser.cookies = SimpleCookie(kept)

    def note(self, **_: Any) -> None:
        self.went_wrong.append(traceback.format_exc())


def problem_with(answer: Any, request: Request) -> str:
    """What an answer gives away or gets wrong; empty when all is well."""
    if answer.status_code >= 500 and request.route not in ANSWERS_503:
        return f"answers {answer.status_code}"
    if any("fz-injected" in name.lower() for name in answer.headers):
        return "a header of the attacker's"
    content = b"".join(answer) if answer.streaming else answer.content
    if ZEBRA.encode() in content:
        return "words of another setting"
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return "markup of the attacker's" if is_page and MARK.encode() in content else ""


def test_whatever_is_sent_is_answered_and_nothing_leaks() -> None:
    ours, theirs = lived_in("Sunflowers"), lived_in("Bluebells")
    told_of_a_zebra(theirs)
    askers = Askers(ours)
    got_request_exception.connect(askers.note)
    mails, began, found = len(mail.outbox), time.process_time(), []
    for seed in range(FIRST, FIRST + INPUTS):
        request = drawn(seed, ours, theirs, len(askers.browsers))
        if problem := problem_with(askers.send(request), request):
            wrong = askers.went_wrong[-1] if askers.went_wrong else ""
            found.append(f"seed {seed}: {request.method} {request.route}: {problem}\n{wrong}")
        askers.went_wrong.clear()
    got_request_exception.disconnect(askers.note)

    sys.stdout.write(
        f"{INPUTS} inputs in {time.process_time() - began:.1f} s of CPU\n"
    )  # shown by bin/fuzz
    assert not found, "\n".join(found[:10])
    assert not any(MARK in letter.body for letter in mail.outbox[mails:])
