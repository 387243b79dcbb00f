"""F13 and F14 where the records are in PostgreSQL: everything again, from one backup and one sheet."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any
from unittest import mock
from urllib.parse import quote, urlencode

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from demo.cast import Nursery
from foundation import fence, sealed
from foundation.sqlcipher.damage import Damaged
from safeguarding.audit.models import ChainHead
from safeguarding.backups import filling, folder, restoring, tables
from safeguarding.backups.checking import NotGood
from safeguarding.backups.restoring import Wanted
from safeguarding.backups.tables import Server
from safeguarding.documents import files

from .files import Installation
from .server import as_administrator, databases, installation, put_up_the_fence
from .test_blank_computer import LOOK, PASSWORD, ROOT
from .test_never_over_a_good_one import KNOWN_ANCHOR, cut_off, everything_in, spoil

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
LEFT_BEHIND = "SELECT count(*) FROM pg_namespace WHERE nspname = %s"
OID_OF = "SELECT oid FROM pg_database WHERE datname = %s"
PAGE_OF = "SELECT pg_relation_filepath('people_child')"


@pytest.fixture(scope="module")
def servers(django_db_setup: None) -> Iterator[list[Server]]:
    """A database to lose, and three that are empty. Made once: PostgreSQL takes its time for them."""
    with databases("standing", "empty", "new", "newer") as made:
        yield made


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("on-postgres")


@pytest.fixture
def standing(
    sunflowers: Nursery, servers: list[Server], place: Path, tmp_path: Path
) -> Installation:
    """Sunflowers with three files on that server, put there by the first test that asks."""
    argon = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    if servers[0].is_empty():
        with override_settings(FILES=place / "data" / "files", PASSWORD_HASHERS=argon):
            sunflowers.dana.user.set_password(PASSWORD)
            sunflowers.dana.user.save()
            for number in range(3):
                files.keep(sunflowers.setting, f"{number}.txt", f"Letter {number}".encode())
            STANDING[place] = installation(servers[0], place)
    own = STANDING[place]
    return Installation(replace(own.source, to=tmp_path / "backups"), own.sheets)


STANDING: dict[Path, Installation] = {}


def url_of(server: Server) -> str:
    said = server.connection().get_connection_params()
    names = ("user", "password", "host", "port")
    asked = urlencode({name: said[name] for name in names if said.get(name)}, quote_via=quote)
    return f"postgresql:///{said['dbname']}?{asked}"


def restored(standing: Installation, backup: Path, server: Server, **wanted: object) -> Path:
    """Restore it, and answer where its data folder is."""
    secret = str(wanted.pop("secret", standing.sheets[0].secret))
    data = standing.source.to.parent / "new" / "data"
    data.parent.mkdir(exist_ok=True)
    with mock.patch.dict(os.environ, DATABASE_URL=url_of(server)):
        restoring.restore(Wanted(backup, secret, data, server=server, **wanted))  # type: ignore[arg-type]
    return data


def write(server: Server, *statements: str) -> None:
    """As the owner of the tables, who may undo what guards them."""
    with tables._cursor(server) as cursor:
        for one in statements:
            cursor.execute(one)


def test_f14_everything_is_there_again(
    standing: Installation, servers: list[Server], sunflowers: Nursery
) -> None:
    """The fence hides every row from their owner; the backup has all of them all the same."""
    label = standing.backed_up()
    data = restored(standing, standing.place_of(label), servers[2])
    put_up_the_fence(servers[2])

    with tables.taken(servers[0]) as before, tables.taken(servers[2]) as after:
        assert [list(one.parts()) for one in (before, after)]
        assert after.tables == before.tables
        assert after.tables["people_member"][0] > 5
        assert after.heads == before.heads
        assert after.shape.is_like(before.shape)
    found = looked_at(data, servers[2], str(sunflowers.dana.user.pk))
    assert found["intact"] is True
    assert found["signed_in"] == 302
    assert sorted(found["files"]) == [f"Letter {number}" for number in range(3)]  # type: ignore[call-overload]
    with pytest.raises(NotGood, match="backup of a PostgreSQL database"):
        elsewhere = standing.source.to.parent / "other"
        restoring.restore(Wanted(standing.place_of(label), standing.sheets[1].secret, elsewhere))


def looked_at(data: Path, server: Server, user: str) -> dict[str, object]:
    """What the product itself finds there, in a process of its own."""
    code = LOOK.replace("USER", repr(user)).replace("PASSWORD", repr(PASSWORD))
    ours = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    clean = {k: v for k, v in os.environ.items() if k not in ours and "HEDGEROW" not in k}
    done = subprocess.run(  # noqa: S603  our own command
        (sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", code),
        cwd=ROOT,
        env={**clean, "HEDGEROW_DATA": str(data), "DATABASE_URL": url_of(server)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_f13_what_is_damaged_foreign_or_older_is_refused_and_nothing_is_filled(
    standing: Installation, servers: list[Server], tmp_path: Path
) -> None:
    older = standing.place_of(standing.backed_up(days_ago=3))
    newer = standing.place_of(standing.backed_up())
    alone, anchor = Path(copy(newer, tmp_path / "alone.age")), tmp_path / "anchor.json"
    head = ChainHead.objects.order_by("pk")[0]
    ends = json.dumps({str(head.pk): [head.seq + 1, "0" * 64]})

    def why(backup: Path, server: Server = servers[1], **wanted: object) -> str:
        with pytest.raises(NotGood, match="Nothing was") as refused:
            restored(standing, backup, server, **wanted)
        assert list((tmp_path / "new").iterdir()) == []
        return refused.value.kind

    assert why(newer, secret=sealed.new_identity().secret) == "secret"
    assert why(older) == "older"
    mail = f"Please keep this mail.\n\n{KNOWN_ANCHOR.read_text()}"
    for said, kind in ((ends, "older"), ("Dear all, see you.", "anchor"), (mail, "older")):
        anchor.write_text(said)
        assert why(newer, anchor=anchor) == kind
    assert why(newer, servers[0]) == "living"
    cut_off(alone)
    assert why(alone) == "damaged"
    spoil(alone)
    assert why(alone) == "damaged"
    assert servers[1].is_empty()


def test_f13_a_backup_that_is_not_what_was_there_is_thrown_away(
    standing: Installation, servers: list[Server]
) -> None:
    put, lost = tables.put_rows, []

    def one_row_less(cursor: Any, table: str, columns: Any, pieces: Any) -> None:
        lines = b"".join(pieces).splitlines(keepends=True)
        if table == "people_member":
            lost.append(lines.pop())
        put(cursor, table, columns, iter([b"".join(lines)]))

    with mock.patch.object(tables, "put_rows", one_row_less), pytest.raises(NotGood):
        standing.backed_up()

    assert lost
    assert folder.backups(standing.source.to) == []
    with tables._cursor(servers[0]) as cursor:
        assert cursor.execute(LEFT_BEHIND, [filling.CHECKED]).fetchone() == (0,)


def test_f13_a_table_that_is_gone_from_the_disk_is_named(
    standing: Installation, servers: list[Server]
) -> None:
    standing.backed_up(days_ago=1)
    before = everything_in(standing.source.to)
    place = place_of_a_table(servers[0])
    hidden = place.rename(place.with_name(f"{place.name}.hidden"))
    try:
        with pytest.raises(Damaged, match="cannot read a part of a table"):
            standing.backed_up()
    finally:
        hidden.rename(place)
    assert everything_in(standing.source.to) == before


def place_of_a_table(server: Server) -> Path:
    with as_administrator() as admin, tables._cursor(server) as cursor:
        (data,) = admin.execute("SHOW data_directory").fetchone()  # type: ignore[misc]
        return Path(data) / str(cursor.execute(PAGE_OF).fetchone()[0])


@pytest.mark.long  # PostgreSQL first flushes all that any test wrote
def test_f13_a_page_that_is_damaged_is_named_and_not_backed_up_over_good_ones(
    standing: Installation, servers: list[Server]
) -> None:
    """In a copy that PostgreSQL made file by file, so that it has read nothing of it yet."""
    standing.backed_up(days_ago=1)
    before = everything_in(standing.source.to)
    name = f"{servers[0].settings['NAME']}_damaged"
    whole = place_of_a_table(servers[0])
    with as_administrator() as admin:
        admin.execute(
            f"CREATE DATABASE {name} TEMPLATE {servers[0].settings['NAME']} STRATEGY FILE_COPY"
        )
        (number,) = admin.execute(OID_OF, [name]).fetchone()  # type: ignore[misc]
        place = whole.parent.with_name(str(number)) / whole.name
        place.write_bytes(b"\xff" * 24 + place.read_bytes()[24:])
        spoilt = Server({**servers[0].settings, "NAME": name})
        try:
            with pytest.raises(Damaged, match="cannot read a part of a table"):
                Installation(replace(standing.source, server=spoilt), standing.sheets).backed_up()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert everything_in(standing.source.to) == before


def test_a_trail_that_was_tampered_with_is_kept_apart_and_asked_for(
    standing: Installation, servers: list[Server]
) -> None:
    doing = "UPDATE audit_entry SET actor_name = {} WHERE seq = 2"
    closed = "ALTER TABLE audit_entry ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY"
    opened = "ALTER TABLE audit_entry DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY"
    write(servers[0], opened, doing.format("actor_name || ' not'"), closed)
    try:
        label = standing.backed_up()
    finally:
        write(servers[0], opened, doing.format("replace(actor_name, ' not', '')"), closed)
    place = standing.place_of(label)
    assert not label.is_whole
    with pytest.raises(NotGood, match="--although-not-whole"):
        restored(standing, place, servers[3])
    place.with_suffix(".json").unlink()
    with pytest.raises(NotGood, match="tampered"):
        restored(standing, place, servers[3])
    assert (restored(standing, place, servers[3], although_not_whole=True) / "files").is_dir()


def test_half_of_the_rows_are_never_taken_for_all(
    standing: Installation, servers: list[Server]
) -> None:
    """Whoever may not read past the fence is refused, and so is a table that has no way past it."""
    assert servers[0].may_back_up()
    write(servers[0], "DROP POLICY backup ON people_child")
    with pytest.raises(ImproperlyConfigured, match="may not read everything"):
        standing.backed_up()
    put_up_the_fence(servers[0])
    user = servers[0].settings["USER"]
    with as_administrator() as admin:
        admin.execute(f"REVOKE {fence.BACKUP} FROM {user}")
        assert not servers[0].may_back_up()
        with pytest.raises(ImproperlyConfigured, match="may not read everything"):
            standing.backed_up()
        admin.execute(f"GRANT {fence.BACKUP} TO {user} WITH INHERIT FALSE")
