"""Puts in place what the database itself refuses, whoever asks and by whatever road.

Entries cannot be changed or deleted, and a new one must continue its chain. The end of a chain
moves only with the entry just made. A salt goes only after its erasure was written down. Signing
keys and checkpoints stay as they are. The triggers themselves are in sql/, one file an engine.

A trap: SQLite drops a table's triggers when a later migration rebuilds the table, so such a
migration must end with `install`. The tests of the refusals fail when one forgets.
"""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

SQL = Path(__file__).parent / "sql"
IN_PLACE = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
        " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
    ),
}
TABLES = (
    "audit_entry",
    "audit_chainhead",
    "audit_salt",
    "audit_signingkey",
    "audit_checkpoint",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place. For migrations, which run as the owner of the tables."""
    remove(connection)
    statements = (SQL / f"{connection.vendor}.sql").read_text().split("\n\n")
    with connection.cursor() as cursor:
        for statement in filter(is_statement, statements):
            cursor.execute(statement)


def is_statement(paragraph: str) -> bool:
    """Whether a paragraph holds more than remarks."""
    return any(line and not line.startswith("--") for line in paragraph.splitlines())


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away, as only the owner of the tables may."""
    with connection.cursor() as cursor:
        cursor.execute(IN_PLACE[connection.vendor])
        for name, table in cursor.fetchall():
            if table in TABLES:
                on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER {name}{on_table}")
