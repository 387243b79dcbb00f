"""Processes that live and die with bin/run.

Run as a program, this file is the wrapper around each of them: it holds one end of a pipe whose
other end only bin/run holds, so that on every system it notices when bin/run is gone.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 4.0  # seconds a process has to stop by itself
LONGEST_WAIT = 30.0  # seconds before a process that keeps stopping is started again
WELL = 60.0  # seconds a process must have run for its earlier stops to be forgotten


@dataclass
class Child:
    """One process: `python -m module …` or a Python file, with its arguments."""

    name: str
    command: Sequence[str]
    python: str
    environment: dict[str, str]
    key: str = ""  # handed over as it starts; nowhere else is it written
    listening: bool = False  # whether we read what it prints
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 0.5

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C then reaches bin/run alone, which stops all."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  our own command
            (self.python, __file__, *self.command),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if self.listening else None,
            env=self.environment,
            start_new_session=os.name != "nt",
        )
        self._hand_over_key()

    def _hand_over_key(self) -> None:
        """The first line of the pipe. It stays open afterwards, and says nothing more."""
        if self.process and self.process.stdin:
            with contextlib.suppress(BrokenPipeError):  # it has ended already, and says why
                self.process.stdin.write(f"{self.key}\n".encode())
                self.process.stdin.flush()

    def run(self) -> tuple[int, bytes]:
        """Start it, wait until it ends, and give its answer; whatever stops us stops it."""
        self.start()
        if self.process is None:
            return 1, b""
        try:
            answer = self.process.stdout.read() if self.process.stdout else b""
            return self.process.wait(), answer
        finally:
            self.make_stop()

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll() if self.process else None

    def next_wait(self) -> float:
        """Seconds to wait before starting it again; longer each time it stops soon."""
        if time.monotonic() - self.started > WELL:
            self.wait = 0.5
        self.wait = min(self.wait * 2, LONGEST_WAIT)
        return self.wait

    def ask_to_stop(self) -> None:
        if self.process and self.exit_code() is None:
            self.process.terminate()

    def make_stop(self) -> None:
        """End what is left, with all it started."""
        if self.process is None:
            return
        if os.name == "nt":
            self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Ask all, give them a few seconds together, then end what is left."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(child.exit_code() is None for child in children):
        time.sleep(0.05)
    for child in children:
        child.make_stop()


def keep_running(
    children: Sequence[Child], say: Callable[[str], None], until: Callable[[], bool]
) -> None:
    """Start again whatever stops by itself, until something else is wanted or we are told to stop."""
    due: dict[str, float] = {}
    while not until():
        now = time.monotonic()
        for child in children:
            if child.name in due and now >= due[child.name]:
                del due[child.name]
                child.start()
            elif child.name not in due and (code := child.exit_code()) is not None:
                child.make_stop()  # what it started goes as well, or it would keep the port
                wait = child.next_wait()
                due[child.name] = now + wait
                say(f"The {child.name} stopped ({code}). Starting it again in {wait:.0f} s.")
        time.sleep(0.2)


def given_key() -> str:
    """The first line at standard input, byte by byte, so that nothing after it is swallowed."""
    line = b""
    while (byte := os.read(0, 1)) not in {b"", b"\n"}:
        line += byte
    return line.decode()


def stop_with_parent() -> None:
    """Stop this process when bin/run is gone: then the pipe at standard input ends."""
    os.read(0, 1)  # nothing is written after the key: this returns when the pipe ends
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    if os.name != "nt":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main() -> None:
    """Become the command, in this same process, with the watch beside it."""
    key = given_key()
    threading.Thread(target=stop_with_parent, daemon=True).start()
    sys.path[0] = str(ROOT)
    if key:
        from foundation import keys

        keys.hold(*map(bytes.fromhex, key.split()))
    sys.argv = sys.argv[1:]
    if sys.argv[0].endswith(".py"):
        runpy.run_path(str(ROOT / sys.argv[0]), run_name="__main__")
    else:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
