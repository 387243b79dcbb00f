"""What the tests of the lock send, and the small process as bin/run starts it."""

import http.client
import os
import socket
import subprocess
import sys
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


@dataclass
class Small:
    """The small process, and what it tells whoever started it."""

    port: int
    data: Path
    process: subprocess.Popen[bytes]

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the text of a page."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=20)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        if sent is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, urlencode(sent), kind)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def said(self) -> str:
        """The next line for bin/run."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()


@contextmanager
def small(data: Path, state: str = "locked", why: str = "-") -> Iterator[Small]:
    """The small process on a data folder."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
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
                continue
        try:
            yield running
        finally:
            process.kill()
