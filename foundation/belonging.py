"""Whether the key of this installation belongs to the database it opened.

SQLCipher notices by itself; PostgreSQL opens with any key, and only later nothing sealed could be read.
So the database remembers a mark worked out from the key, which tells nothing of the key itself.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from . import keys
from .changing import seals

# A table of its own, as the cache has: it is there before any migration, and nothing else looks at it.
TABLE_NAME = "installation_key"
TABLE = "CREATE TABLE IF NOT EXISTS installation_key (id integer PRIMARY KEY, mark varchar(64) NOT NULL)"
FIRST = "INSERT INTO installation_key (id, mark) VALUES (1, %s) ON CONFLICT (id) DO NOTHING"
WRONG_KEY = (
    "The key file does not belong to the database {name}. Nothing was changed. Put back the key file that "
    "belongs to it (the copy you keep elsewhere) and start again. If this is meant to be a new "
    "installation, give it a database of its own."
)


def refuse_other_key() -> None:
    """Remember the key of a new database; stop where another key made this one."""
    mark = _mark_of(settings.KEY)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute(FIRST, [mark])
        cursor.execute("SELECT mark FROM installation_key WHERE id = 1")
        known = cursor.fetchone()[0]
    if known != mark:
        raise ImproperlyConfigured(WRONG_KEY.format(name=connection.settings_dict["NAME"]))


@seals
def remember_the_new_key(_old: bytes, new: bytes) -> None:
    """After a change of the key, the new one is the one that belongs to it."""
    with connection.cursor() as cursor:
        if TABLE_NAME not in connection.introspection.table_names(cursor):
            cursor.execute(TABLE)  # on PostgreSQL only the owner may, and `prepare` has
        cursor.execute("UPDATE installation_key SET mark = %s WHERE id = 1", [_mark_of(new)])


def _mark_of(key: bytes) -> str:
    return keys.derive(key, "mark of the database").hex()
