"""What belongs to the machine and the whole: how long a start takes, how much memory the web workers hold."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VISITS = 40
PATIENCE = 30.0  # seconds


def starting(data: Path, path: str, cookie: str) -> dict[str, Any]:
    """Start bin/run on a folder until nothing has changed since, then look at its web workers."""
    seconds = []
    for _ in range(3):  # the first start may prepare something
        with running(data) as (process, port, took):
            seconds.append(took)
            for _ in range(VISITS):
                _visit(port, path, cookie)
            workers = _web_workers(process.pid)
            memory = [_pss(pid) for pid in workers]
    return {
        "start_seconds": round(min(seconds[1:]), 2),
        "web_workers": len(workers),
        "web_workers_pss_mb": round(sum(memory) / 1024, 1),
    }


@contextmanager
def running(data: Path) -> Iterator[tuple[subprocess.Popen[str], int, float]]:
    """bin/run on a free port: the process, its port, and the seconds until it said it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (sys.executable, str(ROOT / "bin/run"), "--data", str(data), "--port", str(port))
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "is ready" in line:
                break
        else:
            raise RuntimeError("bin/run stopped before it was ready.")
        yield process, port, time.monotonic() - began
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _visit(port: int, path: str, cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != 200:
        raise RuntimeError(f"{path} answered {status}.")


def _web_workers(pid: int) -> list[int]:
    """The processes that answer requests: granian's children, not granian itself."""
    family = list(_descendants(pid))
    return [one for one in family if _is_granian(one) and _is_granian(_parent(one))]


def _descendants(pid: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*"):
        if _parent(int(path.name)) == pid:
            yield int(path.name)
            yield from _descendants(int(path.name))


def _parent(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"^PPid:\t(\d+)$", status, re.MULTILINE)
    return int(found[1]) if found else 0


def _is_granian(pid: int) -> bool:
    """By its command; a worker is spawned or forked and may only name Python's multiprocessing."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(b"config.serve" in word or b"multiprocessing.spawn" in word for word in words)


def _pss(pid: int) -> int:
    """Kilobytes in memory, those shared with others counted in part."""
    found = re.search(
        r"^Pss:\s+(\d+) kB$", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE
    )
    return int(found[1]) if found else 0


def described() -> dict[str, Any]:
    """What it was measured on."""
    return {"cores": os.cpu_count(), "python": sys.version.split()[0]}
