"""Whether it was the database that failed, and not what was asked of it: full, out of reach, or damaged."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError
from django.db.utils import DataError, IntegrityError, NotSupportedError, ProgrammingError

POSTGRES_FULL = "53100"
POSTGRES_DAMAGED = {"XX001", "XX002"}
OURS = (IntegrityError, DataError, ProgrammingError, NotSupportedError)  # a fault of the program


class DoesNotOpen(ImproperlyConfigured):
    """The key does not open the file: another file, or its first page is damaged."""


def is_refusal(error: BaseException | None) -> bool:
    """The database did not take or give something, whatever it was."""
    if isinstance(error, DoesNotOpen):
        return True
    if type(error) is DatabaseError and error.__cause__ is None:  # Django's own: a row has gone
        return is_damaged(error)
    return isinstance(error, DatabaseError | InterfaceError) and not isinstance(error, OURS)


def behind(error: BaseException) -> BaseException | None:
    """What the database said, where Django made something else of it: a session that is not saved."""
    found: BaseException | None = error
    while found is not None and not is_refusal(found):
        found = found.__cause__ or found.__context__
    return found


def is_full(error: BaseException) -> bool:
    """Both databases: SQLite says it in words, PostgreSQL by a code."""
    return _code(error) == POSTGRES_FULL or "disk is full" in str(error)


def is_damaged(error: BaseException) -> bool:
    """What is stored cannot be read as it was written."""
    words = str(error)
    said = "malformed" in words or "not a database" in words
    return said or isinstance(error, DoesNotOpen) or _code(error) in POSTGRES_DAMAGED


def _code(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", ""))
