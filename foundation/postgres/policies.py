"""Puts the second fence in place: three roles, what each may do, and a policy on every table of a setting.

One place makes all of it, from the tables as they are and config/fence.yaml. It runs at the end of
`prepare`, as the owner of the tables, and does nothing when all of it stands.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import InsufficientPrivilege

from foundation.fence import ACROSS, APP, BACKUP, rules

# Outside every setting it is empty, which is no uuid: the statement is refused, not answered with nothing.
# A sweep that was told "nothing is here" would go on and remove the files of what it did not see.
INSIDE = "current_setting('hedgerow.setting', true)::uuid"
TABLES = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, EXISTS (
        SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'setting_id'
        AND NOT a.attisdropped), coalesce(
        (SELECT array_agg(p.polname::text) FROM pg_policy p WHERE p.polrelid = c.oid), '{}')
    FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    ORDER BY 1
"""
STRONG = """
    SELECT rolname FROM pg_roles
    WHERE rolname IN ('hedgerow_app', 'hedgerow_across', 'hedgerow_backup') AND (rolsuper OR rolbypassrls)
"""
INHERIT_IS_SAID = 160000  # from this version of PostgreSQL
STAMP = "SELECT obj_description('django_migrations'::regclass)"
CANNOT = (
    "The second fence could not be put in place: {user} may not do it. Ask whoever looks after "
    "PostgreSQL to run, once:\n"
    f"  CREATE ROLE {APP} NOLOGIN NOINHERIT; CREATE ROLE {ACROSS} NOLOGIN;\n"
    f"  CREATE ROLE {BACKUP} NOLOGIN;\n"
    f"  GRANT {ACROSS} TO {APP}; GRANT {APP}, {ACROSS}, {BACKUP} TO {{user}};\n"
    "Then start again as the owner of the tables. See docs/fence.md."
)


class Table(NamedTuple):
    """A table as the database has it."""

    name: str
    forced: bool
    of_a_setting: bool
    policies: list[str]

    @property
    def crossings(self) -> list[str]:
        """The purposes for which it may be read across settings."""
        return [why for why, crossing in rules().across.items() if self.name in crossing.tables]

    @property
    def wanted(self) -> set[str]:
        if not self.of_a_setting:
            return set()
        return {"inside", "backup"} | ({"across"} if self.crossings else set())

    @property
    def rights(self) -> str:
        """What the product may do with it."""
        if self.name == "django_migrations":
            return "SELECT"
        return "SELECT, INSERT" + ("" if self.name in rules().only_added_to else ", UPDATE, DELETE")

    @property
    def stands(self) -> bool:
        return set(self.policies) == self.wanted and self.forced == self.of_a_setting


def tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """Every table of ours."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [Table(*row) for row in cursor.fetchall()]


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring roles, rights and policies up to date. Does nothing on SQLite, or when they are."""
    if connection.vendor != "postgresql":
        return
    found = tables(connection)
    wanted = [*_rights(found), *_policies(found)]
    stamp = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    if all(one.stands for one in found) and _ask(connection, STAMP) == stamp:
        return
    try:
        make_roles(connection)
        with transaction.atomic(), connection.cursor() as cursor:
            stamped = f"COMMENT ON TABLE django_migrations IS '{stamp}'"
            cursor.execute("; ".join([*_clearing(found), *wanted, stamped]))
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        user = _ask(connection, "SELECT current_user")
        raise ImproperlyConfigured(CANNOT.format(user=user)) from error


def make_roles(connection: BaseDatabaseWrapper) -> None:
    """The roles, which belong to the whole server, and the ways between them. None leads to BACKUP."""
    for role in (APP, ACROSS, BACKUP):
        with suppress(ProgrammingError, IntegrityError), transaction.atomic():
            if not _ask(connection, f"SELECT to_regrole('{role}')"):
                _ask(connection, f"CREATE ROLE {role} NOLOGIN NOINHERIT")
    strong = _ask(connection, STRONG)
    if strong:
        raise ImproperlyConfigured(
            f"The role {strong} passes every fence. Take that right from it."
        )
    owner = "current_user"
    for role, member in ((ACROSS, APP), (APP, owner), (ACROSS, owner), (BACKUP, owner)):
        name = member if member == "current_user" else f"'{member}'"
        if not _ask(connection, f"SELECT pg_has_role({name}, '{role}', 'MEMBER')"):
            _ask(connection, f"GRANT {role} TO {member}{_only_when_asked(connection, role)}")


def _only_when_asked(connection: BaseDatabaseWrapper, role: str) -> str:
    """Owning the tables is not yet reading them all: that takes the step into the role for backups."""
    newer = getattr(connection, "pg_version", 0) >= INHERIT_IS_SAID
    return " WITH INHERIT FALSE" if newer and role == BACKUP else ""


def _ask(connection: BaseDatabaseWrapper, question: str) -> Any:
    """The one value that a statement answers, if it answers any."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def _rights(found: list[Table]) -> Iterator[str]:
    """What each role may do with each table; nothing else, and nothing to the tables themselves."""
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}"
    yield f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP}"
    for table in found:
        on = f'ON "{table.name}"'
        yield f"REVOKE ALL {on} FROM {APP}, {ACROSS}, {BACKUP}, PUBLIC"
        yield f"GRANT SELECT {on} TO {BACKUP}"
        yield f"GRANT {table.rights} {on} TO {APP}"
        if table.crossings:
            yield f"GRANT SELECT {on} TO {ACROSS}"


def _clearing(found: list[Table]) -> Iterator[str]:
    """Take away what stands now, also what somebody else put there."""
    for table in found:
        for policy in table.policies:
            yield f'DROP POLICY "{policy}" ON "{table.name}"'


def _policies(found: list[Table]) -> Iterator[str]:
    """One policy a role, not one with an `or`: so that each can use the index on the setting."""
    for table in (one for one in found if one.of_a_setting):
        name = f'"{table.name}"'
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY inside ON {name} TO {APP} USING (setting_id = {INSIDE})"
        yield f"CREATE POLICY backup ON {name} FOR SELECT TO {BACKUP} USING (true)"
        if table.crossings:
            whys = ", ".join(f"'{why}'" for why in table.crossings)
            across = f"current_setting('hedgerow.across', true) IN ({whys})"
            yield f"CREATE POLICY across ON {name} FOR SELECT TO {ACROSS} USING ({across})"
