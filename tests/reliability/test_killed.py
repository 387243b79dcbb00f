"""F01: the server is killed again and again while people file. What they got a receipt for is there.

Some here, a thousand by `bin/simulate --kills 1000`.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from django.test import Client

from demo.cast import Nursery
from foundation.sqlcipher import damage
from safeguarding.backups import checking
from safeguarding.backups.checking import Unpacked
from safeguarding.backups.manifest import Manifest
from safeguarding.backups.tests.files import Installation, installation
from safeguarding.concerns.tests.given import typed
from tests.people import signed_in

from .load import Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.real_time]
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SIMULATE_KILLS", "4"))
UNFINISHED = """
SELECT count(*) FROM concerns_concern WHERE NOT EXISTS
    (SELECT 1 FROM audit_entry WHERE subject_id = concerns_concern.id AND event = 'concern.reported')
"""


@contextmanager
def served(data: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The process that makes servers. Whatever it made goes with it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEDGEROW_", "DATABASE_"))}
    maker = subprocess.Popen(  # noqa: S603  our own command
        (sys.executable, "-m", "tests.reliability.served", str(port)),
        cwd=ROOT,
        env={**clean, "HEDGEROW_DATA": str(data), **more},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield maker
    finally:
        with suppress(ProcessLookupError):
            os.killpg(maker.pid, signal.SIGKILL)
        maker.communicate()


def start(maker: subprocess.Popen[str]) -> int:
    assert maker.stdin is not None
    assert maker.stdout is not None
    maker.stdin.write("\n")
    maker.stdin.flush()
    return int(maker.stdout.readline())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def reporters(n: Nursery, port: int) -> list[Reporter]:
    page = n.setting.link_to("concerns:report")
    people = (n.priya, n.sam)
    return [Reporter(signed_in(one), page, port, typed()) for one in people]


def test_no_receipt_is_lost_when_the_server_is_killed(sunflowers: Nursery, tmp_path: Path) -> None:
    port = free_port()
    people = reporters(sunflowers, port)
    standing = installation(tmp_path)

    with served(standing.data, port) as maker:
        kill_again_and_again(maker, people)

    assert [one.surprises for one in people] == [[], []]
    received = set().union(*(one.received for one in people))
    assert len(received) > KILLS
    whole_and_complete(standing, received)


def test_half_an_answer_is_no_answer() -> None:
    """Killed between two lines of its answer, a server leaves what looks like one without an address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        one = Reporter(Client(), "/", server.getsockname()[1], {})
        asking = threading.Thread(target=lambda: one.was_received("key"))
        asking.start()
        asked, _ = server.accept()
        while b"csrfmiddlewaretoken" not in asked.recv(65_536):
            pass
        asked.sendall(b"HTTP/1.1 302 Found\r\n")
        asked.shutdown(socket.SHUT_RDWR)
        asked.close()
        asking.join(timeout=30)

    assert (one.received, one.refused, one.surprises) == (set(), [], [])


def kill_again_and_again(maker: subprocess.Popen[str], people: list[Reporter]) -> None:
    """Kill at moments drawn by lot; each time wait until somebody was received again."""
    rng = random.Random(1)  # noqa: S311  drawn by lot, but the same again
    for one in people:
        one.start()
    for _ in range(KILLS):
        child, before = start(maker), sum(len(one.received) for one in people)
        until = time.monotonic() + 60
        while sum(len(one.received) for one in people) < before + 2:
            assert time.monotonic() < until, [
                one.refused[-1:] + one.surprises[-1:] for one in people
            ]
            time.sleep(0.005)
        time.sleep(rng.random() * 0.05)
        os.kill(child, signal.SIGKILL)
    for one in people:
        one.stopping.set()
    for one in people:
        one.join(60)


def whole_and_complete(standing: Installation, received: set[str]) -> None:
    """Every report once, none by half, and the trail unbroken."""
    damage.look(standing.database, standing.source.database_key, thoroughly=True)
    with closing(standing.connect()) as file:
        keys = [row[0] for row in file.execute("SELECT key FROM concerns_concern")]
        assert len(keys) == len(set(keys))
        assert {key.replace("-", "") for key in received} <= set(keys)
        assert file.execute(UNFINISHED).fetchone()[0] == 0
    nothing = Manifest("", "", "", "", {}, {})
    with checking.standing_on(Unpacked(standing.data, standing.source.key, nothing)):
        assert checking.is_whole({})
