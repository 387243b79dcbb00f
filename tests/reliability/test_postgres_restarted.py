"""F05: PostgreSQL is stopped again and again while people file. What they got a receipt for is there."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core import signing

from demo.cast import Nursery
from foundation import drop, keys
from safeguarding.concerns.tests.given import typed
from safeguarding.people.held import SALT
from safeguarding.people.models import Member
from tests.people import signed_in

from .load import Reporter
from .postgres import Server, postgres
from .test_killed import ROOT, free_port, served, start

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql, pytest.mark.real_time]
RESTARTS = int(os.environ.get("SIMULATE_RESTARTS", "3"))
NOTE = re.compile(r'name="written_by" value="([^"]+)"')
KEPT = "nobody has read it yet"  # on the receipt of what lies in the drop
TAKE_IN = "from safeguarding.lock import taking_in; print(taking_in.look_after())"
UNFINISHED = """
SELECT count(*) FROM concerns_concern WHERE NOT EXISTS
    (SELECT 1 FROM audit_entry WHERE subject_id = concerns_concern.id AND event = 'concern.reported')
"""


def reporters(n: Nursery, port: int) -> list[Reporter]:
    """Two browsers that opened the form, and send again until they are told."""
    page = n.setting.link_to("concerns:report")
    return [_reporter(one, page, port) for one in (n.priya, n.sam)]


def _reporter(member: Member, page: str, port: int) -> Reporter:
    note = NOTE.search(signed_in(member).get(page).text)
    assert note, "the form says whose it is"
    secret = keys.derive(settings.KEY, "django").hex()  # with which the server signs
    said = signing.dumps(signing.loads(note[1], salt=SALT), key=secret, salt=SALT)
    return Reporter(signed_in(member), page, port, typed(written_by=said))


def test_no_receipt_is_lost_when_postgresql_is_restarted(
    sunflowers: Nursery, tmp_path: Path
) -> None:
    (tmp_path / "hedgerow.key").write_text(settings.KEY.hex())
    drop.make_ready(tmp_path, settings.KEY)
    people = reporters(sunflowers, port := free_port())

    with postgres() as server:
        with served(tmp_path, port, DATABASE_URL=server.url) as maker:
            start(maker)
            restart_again_and_again(server, people)
        in_drop = len(drop.waiting(tmp_path))
        refused = [one for person in people for one in person.refused + person.surprises]
        assert in_drop or refused, "nobody noticed: it was an empty try"
        for said in refused:
            assert KEPT in said or "has not arrived" in said
        once_and_whole(server, tmp_path, set().union(*(one.received for one in people)))


def restart_again_and_again(server: Server, people: list[Reporter]) -> None:
    """At moments drawn by lot; each time wait until both were received again."""
    rng = random.Random(1)  # noqa: S311  drawn by lot, but the same again
    for one in people:
        one.start()
    for _ in range(RESTARTS):
        wait_for_receipts(people)
        time.sleep(rng.random() * 0.05)
        server.crash_and_start()
    wait_for_receipts(people)
    for one in people:
        one.stopping.set()
    for one in people:
        one.join(60)


def wait_for_receipts(people: list[Reporter]) -> None:
    until = time.monotonic() + 60
    for one in people:
        before = len(one.received)
        while len(one.received) < before + 2:
            assert time.monotonic() < until, one.refused[-1:] + one.surprises[-1:]
            time.sleep(0.005)


def once_and_whole(server: Server, data: Path, received: set[str]) -> None:
    """Every report once, none by half, also after what lay in the drop was taken in."""
    take_in(server, data)
    assert drop.waiting(data) == []
    with psycopg.connect(server.url) as database:
        rows = database.execute("SELECT key::text, count(*) FROM concerns_concern GROUP BY 1")
        keys: dict[str, int] = dict(rows.fetchall())
        assert set(keys.values()) == {1}
        assert received <= set(keys)
        assert len(received) > 2 * RESTARTS
        assert database.execute(UNFINISHED).fetchone() == (0,)


def take_in(server: Server, data: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEDGEROW_", "DJANGO_"))}
    subprocess.run(  # noqa: S603  our own command
        (sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", TAKE_IN),
        cwd=ROOT,
        env={**clean, "HEDGEROW_DATA": str(data), "DATABASE_URL": server.url},
        check=True,
        capture_output=True,
    )
