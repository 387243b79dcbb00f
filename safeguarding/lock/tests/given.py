"""What the tests of the lock send, and the small process as bin/run starts it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from safeguarding.portal.tests.given import CODE

ROOT = Path(__file__).parents[3]
MARK = "Xylophone quokka"  # stands in every report here, and in no file


def typed(**answers: str) -> dict[str, str]:
    """The form as somebody fills it in who names nobody."""
    usual = {
        "key": str(uuid4()),
        "in_danger_now": "no",
        "what": f"{MARK}: she flinched.",
        "heard": "“He hits.”",
        "about": "no",
        "told_as": "parent",
    }
    return usual | answers


def fields(sent: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in sent.items()}


def code_on(page: str) -> str:
    found = CODE.search(page)
    assert found, f"no receipt: {page[:2000]}"
    return found[0]


def files_with(data: Path, words: str) -> list[Path]:
    """Every file of a folder in which these words can be read."""
    sought = words.encode()
    return [one for one in data.rglob("*") if one.is_file() and sought in one.read_bytes()]


def ask(
    port: int, path: str, sent: dict[str, str] | None = None, *, behind: str = ""
) -> tuple[int, str]:
    """The status and the text of a page, or of what comes back when a form is sent.

    `behind` is the computer for which a proxy asks.
    """
    connection = http.client.HTTPConnection("localhost", port, timeout=20)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    kind |= {"X-Forwarded-For": behind} if behind else {}
    try:
        connection.request("GET" if sent is None else "POST", path, urlencode(sent or {}), kind)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Small:
    """The small process, and what it tells whoever started it."""

    port: int
    data: Path
    process: subprocess.Popen[bytes]

    def ask(
        self, path: str, sent: dict[str, str] | None = None, *, behind: str = ""
    ) -> tuple[int, str]:
        return ask(self.port, path, sent, behind=behind)

    def said(self) -> str:
        """The next line for bin/run."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()


@contextmanager
def small(data: Path, state: str = "locked", why: str = "-") -> Iterator[Small]:
    """The small process on a data folder."""
    port = free_port()
    command = [sys.executable, "-m", "safeguarding.lock.gate", str(port), state, why]
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(  # noqa: S603  our own module
        command, cwd=ROOT, env={**clean, "HEDGEROW_DATA": str(data)}, stdout=subprocess.PIPE
    )
    with process:
        running = Small(port, data, process)
        while process.poll() is None:
            try:
                running.ask("/health/")
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield running
        finally:
            process.kill()
