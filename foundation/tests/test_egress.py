"""Only the places that the settings name are reached (F33)."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from foundation import egress
from tests.architecture.source import ROOT, modules, short, tree

pytestmark = pytest.mark.once

# What opens a connection. Whoever needs one adds the place to OUTBOUND and the file here.
CALLERS = {"aiohttp", "asyncio", "ftplib", "http", "httpx", "requests", "socket", "socketserver",
    "ssl", "telnetlib", "urllib3", "websockets", "xmlrpc"}  # fmt: skip
MAY: set[str] = set()  # mail and the virus scanner are reached by their libraries


def test_only_the_places_of_the_list_are_reached(settings: Any) -> None:
    settings.OUTBOUND = {("mail.example", 587)}

    egress.refuse_name("mail.example")
    egress.refuse_name(b"localhost")
    for here in (("127.0.0.1", 5432), ("::1", 1, 0, 0), "/run/clamd.sock", ("203.0.113.5", 587)):
        egress.refuse_place(here)
    for name in ("evil.example", "203.0.113.5", "mail.example.evil.example"):
        with pytest.raises(egress.OutboundRefusedError):
            egress.refuse_name(name)
    with pytest.raises(egress.OutboundRefusedError):
        egress.refuse_place(("203.0.113.5", 443))


@pytest.mark.parametrize(
    "attempt",
    [
        "urllib.request.urlopen('http://203.0.113.5/')",
        "socket.create_connection(('evil.example', 80), 1)",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('203.0.113.5', 53))",
    ],
)
def test_whatever_tries_is_stopped_by_the_interpreter_itself(attempt: str) -> None:
    """In a process of its own: a guard cannot be taken away again."""
    code = f"""
import os, socket, sys, urllib.request
os.environ["DJANGO_SETTINGS_MODULE"] = "config.test_settings"
from foundation import egress
egress.guard()
try:
    {attempt}
except OSError as error:
    sys.exit("refused" if "not on the list" in str(error) else repr(error))
"""
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "refused"


def imported(path: Path) -> set[str]:
    """The modules a file of ours uses, by their whole names."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found - {"http.HTTPStatus"}  # names for numbers


def test_no_page_or_rule_can_ask_for_an_address() -> None:
    callers = {
        short(path)
        for path in modules()
        if any(
            name.partition(".")[0] in CALLERS or name.startswith("urllib.request")
            for name in imported(path)
        )
    }

    assert callers <= MAY
