"""The real product for the journeys: bin/run on a folder of its own, and ways to look behind it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from shutil import copy2, copytree
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlcipher3 import dbapi2 as sqlite

from foundation import drop, keys

Found = TypeVar("Found")
ROOT = Path(__file__).parents[2]
READY_WITHIN = 300  # seconds; making the demo takes about twenty on an idle computer
# What runs inside the product, one piece of code after the other, each a line of JSON with its answer.
ASIDE = """
import contextlib, io, json, sys, traceback
from foundation import fence
for line in sys.stdin:
    said, went_wrong = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            fence.begin_as_owner()  # at every setting
            exec(json.loads(line), {})
    except Exception:
        went_wrong = traceback.format_exc()
    print(json.dumps([said.getvalue(), went_wrong]), flush=True)
"""
BETWEEN_MAILS = re.compile(rb"^-{79}$", re.MULTILINE)


@dataclass
class Product:
    """One running Hedgerow: its address, its data folder, and the process of bin/run."""

    address: str
    data: Path
    variables: dict[str, str]
    process: subprocess.Popen[bytes]
    aside: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return (self.data.parent / "said.txt").read_text(encoding="utf-8", errors="replace")

    def wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while "Hedgerow is ready" not in self.said:
            assert self.process.poll() is None, f"bin/run ended:\n{self.said}"
            assert time.monotonic() < until, f"bin/run is not ready:\n{self.said}"
            time.sleep(0.1)

    def shell(self, code: str) -> str:
        """What some Python prints inside the product, in a process of its own beside it."""
        if self.aside is None:
            self.aside = self._beside()
        asked, answered = self.aside.stdin, self.aside.stdout
        assert asked
        assert answered
        asked.write(json.dumps(code) + "\n")
        asked.flush()
        said, went_wrong = json.loads(answered.readline())
        assert not went_wrong, went_wrong
        return str(said).strip()

    def _beside(self) -> subprocess.Popen[str]:
        """One for all that journeys ask: it takes a second or two to start."""
        command = (sys.executable, "bin/manage", "shell", "--no-imports", "-v0", "-c", ASIDE)
        pipe = subprocess.PIPE
        return subprocess.Popen(  # noqa: S603  our own command
            command, cwd=ROOT, env=self.variables, stdin=pipe, stdout=pipe, text=True
        )

    def end(self) -> None:
        """Stop it, and what runs beside it."""
        if self.aside is not None:
            self.aside.communicate()
        self.process.terminate()
        self.process.wait(timeout=30)

    def mails(self) -> list[EmailMessage]:
        """Every mail that has left it."""
        folder = self.data / "mail"
        parts = [part for file in folder.glob("*.log") for part in _letters(file.read_bytes())]
        return [message_from_bytes(part, policy=policy.default) for part in parts]

    def worker(self) -> int:
        """The process id of its worker."""
        rows = subprocess.run(
            ("/bin/ps", "-axwwo", "pid=,ppid=,command="), capture_output=True, text=True, check=True
        ).stdout.splitlines()
        found = [pid for pid, parent, what in map(_columns, rows) if self._is_worker(parent, what)]
        assert len(found) == 1, f"workers: {found}"
        return found[0]

    def _is_worker(self, parent: int, command: str) -> bool:
        return parent == self.process.pid and command.endswith("manage.py work")


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Product]:
    """Start bin/run on a new data folder; stop it afterwards. Not ready yet: see wait_until_ready."""
    address, data = f"http://localhost:{_free_port()}", folder / "data"
    with _own_database() as database, (folder / "said.txt").open("wb") as said:
        variables = _clean_environment() | database
        command = (sys.executable, "bin/run", "--data", str(data), *options)
        process = subprocess.Popen(  # noqa: S603  our own command
            (*command, "--port", str(urlsplit(address).port)),
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        product = Product(address, data, variables | {"HEDGEROW_DATA": str(data)}, process)
        try:
            yield product
        finally:
            product.end()


def begin_with_what_is_prepared(other: Product, data: Path) -> None:
    """A new folder for a demo, with the styles and tables that another start has just made ready."""
    eventually((other.data / "prepared.txt").exists, within=READY_WITHIN)
    data.mkdir(mode=0o700)
    copytree(other.data / "static", data / "static")
    if "DATABASE_URL" in other.variables:
        return  # tables that are in use cannot be copied there
    for name in ("hedgerow.key", "prepared.txt"):
        copy2(other.data / name, data / name)
    key = keys.read(data / "hedgerow.key")
    copy_database(other.data, data, key)
    drop.make_ready(data, key)
    (data / "demo.txt").touch()


def copy_database(source: Path, copy: Path, key: bytes) -> None:
    """From one folder into another, while it is in use."""
    pragma, name = f"PRAGMA key = \"x'{keys.derive(key, 'database').hex()}'\"", "hedgerow.db"
    with closing(sqlite.connect(source / name)) as one, closing(sqlite.connect(copy / name)) as two:
        one.execute(pragma)
        two.execute(pragma)
        one.backup(two)


def _clean_environment() -> dict[str, str]:
    """Ours, without what pytest and test settings put there. Each of twenty starts would compile anew."""
    ours = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith(("HEDGEROW_", "PYTEST_"))
    }


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """A new database on the PostgreSQL of DATABASE_URL, or none: then the folder holds it."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield {}
        return
    name = f"journey_{uuid4().hex}"
    made, dropped = (sql.SQL(f"{verb} {{}}") for verb in ("CREATE DATABASE", "DROP DATABASE"))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(made.format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(dropped.format(sql.Identifier(name)) + sql.SQL(" WITH (FORCE)"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _letters(file: bytes) -> list[bytes]:
    return [part.lstrip() for part in BETWEEN_MAILS.split(file) if part.strip()]


def _columns(row: str) -> tuple[int, int, str]:
    pid, parent, command = row.split(None, 2)
    return int(pid), int(parent), command.strip()


def eventually(look: Callable[[], Found | None], *, within: float = 60) -> Found:
    """What a look finds, once it finds something; fails if that takes more than so many seconds."""
    until = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < until, f"nothing within {within} seconds"
        time.sleep(0.3)
    return found
