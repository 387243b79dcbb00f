"""People who file reports through real pages without a pause, and send again until they are told."""

import http.client
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client

TOKEN = "a" * 32
RECEIPT = re.compile(r"/concerns/mine/[0-9a-f-]{36}/$")
TOLD_NO = {500, 503, 507}


@dataclass
class Reporter(threading.Thread):
    """One signed-in browser. `received` are the reports for which it was shown a receipt."""

    browser: Client
    page: str
    port: int
    answers: Mapping[str, str]
    received: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)  # error pages it was shown instead
    surprises: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        key = str(uuid4())
        while not self.stopping.is_set():
            if self.was_received(key):
                self.received.add(key)
                key = str(uuid4())
            else:
                self.stopping.wait(0.01)

    def was_received(self, key: str) -> bool:
        """Send a report. Only a receipt counts: no answer and an error page both mean send again."""
        try:
            status, body = self.send(key)
        except (OSError, http.client.HTTPException):
            return False
        if status == 302 and RECEIPT.search(body):
            return True
        kept = self.refused if status in TOLD_NO else self.surprises
        kept.append(f"{status} {body}")
        return False

    def send(self, key: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        answers = {**self.answers, "key": key, "csrfmiddlewaretoken": TOKEN}
        cookies = SimpleCookie({one.key: one.value for one in self.browser.cookies.values()})
        cookie = "; ".join([f"csrf={TOKEN}", *(f"{o.key}={o.value}" for o in cookies.values())])
        kind = "application/x-www-form-urlencoded"
        try:
            connection.request(
                "POST",
                self.page,
                urlencode(answers, doseq=True),
                {"Content-Type": kind, "Cookie": cookie},
            )
            answer = connection.getresponse()
            said = answer.read().decode()
            if answer.status == 302 and not answer.getheader("Location"):
                raise http.client.HTTPException("The answer was cut off after its first line.")
            return answer.status, answer.getheader("Location") or said
        finally:
            connection.close()
