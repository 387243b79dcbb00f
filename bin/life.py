"""What bin/run does from start to end: locked, open, locked again.

Locked, one small process shows the pages with which one unlocks and reports. It touches no database. It
hands the key over through a pipe; from here it goes to the others through theirs, and is nowhere else.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import children
import environment
from environment import say

READY_WITHIN = 60  # seconds
SLOTS, KEY_FILE, DATABASE = "key-slots.json", "hedgerow.key", "hedgerow.db"
ASKED_TO_LOCK, ASKED_TO_CHANGE_KEY, USED = "asked-to-lock", "asked-to-change-key", "last-used"
STAMP = "prepared.txt"
COULD_NOT_PREPARE, NOT_CHANGED, DAMAGED = "not-prepared", "not-changed", "damaged"


def key_file(data: Path) -> Path:
    return Path(os.environ.get("HEDGEROW_KEY") or data / KEY_FILE)


def is_locked(data: Path) -> bool:
    """Whether somebody has to unlock it: there are passphrases, and no key file."""
    return (data / SLOTS).exists() and not key_file(data).exists()


def lock_minutes() -> int:
    """After how many minutes without anybody at work it locks. Stops for what is no number."""
    said = os.environ.get("HEDGEROW_LOCK_MINUTES") or "60"
    if not said.isdecimal():
        sys.exit(f"HEDGEROW_LOCK_MINUTES is {said!r}. Use a whole number. Nothing was started.")
    return int(said)


@dataclass
class Machine:
    """One data folder, one port, and the key while it is open."""

    data: Path
    port: int
    address: str
    key: str = ""
    next_key: str = ""  # where a change of the key was interrupted
    family: list[children.Child] = field(default_factory=list)

    def python(self, *arguments: str) -> int:
        """Run Python in the environment, with the key. It says itself why it fails."""
        return self._child("step", arguments).run()[0]

    def ask(self, *arguments: str) -> bytes:
        """What one of our commands prints."""
        code, answer = self._child("question", arguments, listening=True).run()
        if code:
            sys.exit(code)
        return answer

    def need(self, *arguments: str) -> None:
        """Run it, or stop: it has said why."""
        if code := self.python(*arguments):
            sys.exit(code)

    def unfit(self) -> str:
        """In a word, why the records cannot be opened; empty when they can. Changes nothing."""
        if os.environ.get("DATABASE_URL") or not (self.data / STAMP).exists():
            return ""
        said = self.ask("foundation.sqlcipher.sound", str(self.data)).decode().strip()
        if said != "sound":
            return said
        return DAMAGED if self.python("safeguarding.backups.looking", str(self.data)) else ""

    def wait_until_unlocked(self, why: str, prepare: Callable[[Machine], str]) -> None:
        """Show the small pages until the records are open to us, sound and prepared."""
        locked = is_locked(self.data)
        while True:
            state = "file-only" if why else "locked"
            with self._small_pages(state, why) as small:
                self._announce_small(state)
                self._take(_word(small))
                why = self.unfit() or self._finish_change() or prepare(self)
                if not why:
                    return
            if locked:
                self.key = self.next_key = ""

    def change_key(self) -> None:
        """Change the key, while reports can be sent. It can be killed at any moment and goes on later."""
        with self._small_pages("changing", ""):
            say("Changing the key …")
            self.python("manage.py", "change_key")
        self.key = ""

    def _finish_change(self) -> str:
        """Go on with a change of the key that was interrupted."""
        if not self.next_key:
            return ""
        if self.python("manage.py", "change_key"):
            return NOT_CHANGED
        self.key, self.next_key = self.next_key, ""
        return ""

    def _take(self, line: str) -> None:
        """What the small process said: a key, or that somebody wants to try again."""
        words = line.split()
        if words[0] == "key":
            self.key, self.next_key = words[1], words[2] if len(words) > 2 else ""

    @contextlib.contextmanager
    def _small_pages(self, state: str, why: str) -> Iterator[children.Child]:
        small = self._child(
            "small server",
            ("safeguarding.lock.gate", str(self.port), state, why or "-"),
            listening=True,
        )
        small.key = ""
        small.start()
        try:
            yield small
        finally:
            children.stop_all([small])

    def _announce_small(self, state: str) -> None:
        until = time.monotonic() + READY_WITHIN
        while not self.answer("/health/")[0] and time.monotonic() < until:
            time.sleep(0.05)
        if state == "locked":
            say(f"\nHedgerow is locked: open {self.address} to unlock it.")
        else:
            say(f"\nThe records cannot be opened. {self.address} says why.")
        say("Reports can be sent there meanwhile. Ctrl-C stops it.")

    def start(self) -> None:
        """Web server, worker and scheduler, each with the key."""
        for sign in (ASKED_TO_LOCK, ASKED_TO_CHANGE_KEY):
            (self.data / sign).unlink(missing_ok=True)
        (self.data / USED).touch()
        # Whoever is started again has it too, though the file was put away or its stick pulled out.
        self.key = self.key or _in_file(key_file(self.data))
        commands = {
            "web server": ("config.serve", str(self.port)),
            "worker": ("manage.py", "work"),
            "scheduler": ("manage.py", "schedule"),
        }
        self.family = [self._child(name, line) for name, line in commands.items()]
        for child in self.family:
            child.start()

    def stop(self) -> None:
        children.stop_all(self.family)
        self.family = []

    def keep_running(self) -> str:
        """Until somebody asks for something else: `lock` or `change key`."""
        children.keep_running(self.family, say, until=lambda: bool(self.asked()))
        return self.asked()

    def asked(self) -> str:
        """What somebody asked for on a page, or what the clock says. Nothing where a file holds the key."""
        if not is_locked(self.data):
            return ""
        if (self.data / ASKED_TO_CHANGE_KEY).exists():
            return "change key"
        return "lock" if (self.data / ASKED_TO_LOCK).exists() or self._is_left_alone() else ""

    def _is_left_alone(self) -> bool:
        minutes = lock_minutes()
        used = (self.data / USED).stat().st_mtime if (self.data / USED).exists() else time.time()
        # In days to come: the clock was put back, and nobody knows for how long nobody was there.
        return minutes > 0 and abs(time.time() - used) > minutes * 60

    def wait_until_ready(self) -> None:
        """Wait for a good answer from /health/; stop if a process ends before there is one."""
        until = time.monotonic() + READY_WITHIN
        while self.answer("/health/")[0] != 200:
            stopped = [child.name for child in self.family if child.exit_code() is not None]
            if stopped:
                sys.exit(f"The {stopped[0]} could not start; the lines above say why.")
            if time.monotonic() > until:
                sys.exit(f"Hedgerow gave no good answer within {READY_WITHIN} seconds.")
            time.sleep(0.05)

    def answer(self, path: str) -> tuple[int, str]:
        """The status of a page of ours and where it leads to; 0 while there is no answer."""
        host = os.environ.get("HEDGEROW_HOSTS", "localhost").split(",")[0].strip()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": host})
            given = connection.getresponse()
            return given.status, given.getheader("Location", "")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def _child(
        self, name: str, command: tuple[str, ...], *, listening: bool = False
    ) -> children.Child:
        variables = {"HEDGEROW_ADDRESS": self.address, **environment.for_data(self.data)}
        key = f"{self.key} {self.next_key}".strip()
        return children.Child(
            name, command, str(environment.PYTHON), variables, key=key, listening=listening
        )


def _in_file(key: Path) -> str:
    return key.read_text(encoding="ascii").strip() if key.is_file() else ""


def _word(small: children.Child) -> str:
    """The next thing the small process has for us. Should it end by itself, it is started again."""
    while True:
        pipe = small.process.stdout if small.process else None
        for line in pipe or ():
            text = line.decode(errors="replace").strip()
            if text.startswith("key ") or text == "again":
                return text
            say(text)
        small.make_stop()
        wait = small.next_wait()
        say(f"The {small.name} stopped. Starting it again in {wait:.0f} s.")
        time.sleep(wait)
        small.start()
