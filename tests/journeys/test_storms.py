"""Bad networks and impatient people: one report many times at once (F07), answers that never come (F08)."""

import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page

from safeguarding.concerns.tests.given import day, typed

from .product import Product, eventually
from .screens import TABLET, Screens

pytestmark = pytest.mark.journey

AT_ONCE, SENDERS = 200, 24
REPORT = "/at/sunflowers/concerns/new/"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|written_by)" value="([^"]+)"')
ENTRIES = """
from safeguarding.concerns.models import Entry
print(sum(entry.text == "{words}" for entry in Entry.objects.filter(kind="call")))
"""
KEPT = """
from safeguarding.concerns.models import Concern
from safeguarding.notifications.models import Delivery, Notification
for concern in Concern.objects.all():
    if concern.heard != "{words}":  # encrypted: the database cannot look for it
        continue
    told = Notification.objects.filter(subject_id=concern.pk, kind="concern_reported")
    print(concern.pk, told.count(), Delivery.objects.filter(notification__in=told).count())
"""


class Sender:
    """Somebody's browser with one filled-in form, which it sends as often as it is told to."""

    def __init__(self, page: Page, address: str, form: str, said: dict[str, str]) -> None:
        self.form = form
        page.goto(form)
        cookies = {one["name"]: one["value"] for one in page.context.cookies()}
        hidden = HIDDEN.findall(page.content())
        assert dict(hidden)["csrfmiddlewaretoken"]
        self.headers = {
            "Host": urlsplit(address).netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": address,
        }
        self.body = urlencode(dict(hidden) | said)

    def send(self, port: int) -> str:
        """Where the answer leads; empty when none came."""
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST", self.form, self.body, self.headers)
            answer: HTTPResponse = connection.getresponse()
            answer.read()
            return answer.getheader("Location", f"status {answer.status}")
        except (OSError, HTTPException):
            return ""
        finally:
            connection.close()


def _priya(screens: Screens, report: dict[str, str]) -> Sender:
    return Sender(screens.of("priya", TABLET), screens.address, REPORT, report)


def port_of(product: Product) -> int:
    return urlsplit(product.address).port or 0


def kept(product: Product, words: str) -> list[str]:
    """The reports with these words, each with how many messages and mails tell of it."""
    return product.shell(KEPT.format(words=words)).splitlines()


def test_two_hundred_sendings_of_one_form_at_once_are_one_report(
    screens: Screens, product: Product
) -> None:
    sender = _priya(screens, typed(heard="Everybody pressed Send."))

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = set(pool.map(lambda _: sender.send(port_of(product)), range(AT_ONCE)))

    assert len(answers) == 1, answers
    assert "/concerns/mine/" in next(iter(answers)), answers
    report, told, mailed = eventually(lambda: kept(product, "Everybody pressed Send."))[0].split()
    assert report in answers.pop()
    assert kept(product, "Everybody pressed Send.") == [f"{report} {told} {mailed}"]
    assert (told, mailed) == ("1", "1"), "one lead is told, once"


def test_work_on_a_case_that_is_sent_many_times_at_once_stands_there_once(
    screens: Screens, product: Product
) -> None:
    page = screens.reader("dana", TABLET)
    page.goto("/at/sunflowers/concerns/cases/")
    case = page.locator(".govuk-table a[href*='/cases/']").first.get_attribute("href") or ""
    said = {"kind": "call", "text": "They rang back.", **day()}
    sender = Sender(page, screens.address, f"{case}add/entry/", said)

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = set(pool.map(lambda _: sender.send(port_of(product)), range(SENDERS)))

    assert answers == {case}, "each is led to where the first was led"
    assert product.shell(ENTRIES.format(words=said["text"])) == "1"


@contextmanager
def breaking(to: int) -> Iterator[tuple[int, list[str]]]:
    """A way to the product that breaks as the list says, one word for each try; whole when it is empty."""
    how: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            while True:
                try:
                    inside, _ = door.accept()
                except OSError:
                    return
                with inside:
                    carry(inside, to, how.pop(0) if how else "whole")

        threading.Thread(target=serve, daemon=True).start()
        yield door.getsockname()[1], how


def carry(inside: socket.socket, to: int, how: str) -> None:
    """Carry one request there and its answer back, or lose it on the way."""
    asked = read_whole(inside)
    if how == "before":
        return
    with socket.create_connection(("127.0.0.1", to), timeout=60) as there:
        if how == "half asked":
            there.sendall(asked[: len(asked) - 40])
            return
        there.sendall(asked)
        answer = read_whole(there)
    if how != "after":
        inside.sendall(answer[:20] if how == "half answered" else answer)


def read_whole(one: socket.socket) -> bytes:
    """A request or an answer, to the end that its length gives."""
    read = b""
    while b"\r\n\r\n" not in read and (part := one.recv(65536)):
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    while length and len(body) < int(length[1]) and (part := one.recv(65536)):
        body += part
    return head + b"\r\n\r\n" + body


def test_whoever_gets_no_answer_and_sends_again_ends_with_one_receipt(
    screens: Screens, product: Product
) -> None:
    sender = _priya(screens, typed(heard="The network went off."))
    ways = ["before", "half asked", "after", "half answered", "after", "before"]

    with breaking(port_of(product)) as (port, how):
        how += ways
        answers = [sender.send(port) for _ in range(len(ways) + 1)]

    assert [one for one in answers if "/concerns/mine/" in one] == answers[-1:], answers
    (row,) = kept(product, "The network went off.")
    report, told, mailed = row.split()
    assert answers[-1].endswith(f"/concerns/mine/{report}/")
    assert (told, mailed) == ("1", "1")
    receipt = screens.of("priya", TABLET).goto(answers[-1])
    assert receipt is not None
    assert receipt.status == 200
