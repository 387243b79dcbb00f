"""Makes a large nursery of a small one: its settled records again and again, from years before.

What is recent stays as it is, so that the first page of every list shows the same in both. A copied id
begins with the number of the copy, so that the rows of a copy refer to each other.
"""

from datetime import timedelta

from django.db import connection, models, transaction

from foundation.sqlcipher.base import CACHE_KIB
from safeguarding.concerns import models as concerns
from safeguarding.notifications.models import Clock, Delivery, Notification

from .filling import SETTLED, YEARS, say

COPIED: tuple[type[models.Model], ...] = (
    concerns.Concern,
    concerns.Involvement,
    concerns.Recipient,
    concerns.Reading,
    concerns.NotTakenForward,
    concerns.Case,
    concerns.Gathered,
    concerns.NeedToKnow,
    concerns.Entry,
    concerns.Decision,
    concerns.ParentsInformed,
    concerns.Referral,
    concerns.Closure,
    Notification,
    Delivery,
    Clock,
)
NUMBERED = {"id", "key", "subject_id", "about_id"}
TEXTS = {"code", "reference"}
SPREAD = 500  # copies over which the years before are spread, each a little further back


def multiply(wanted: int) -> None:
    """Copy what is settled until there are so many concerns."""
    have = concerns.Concern.objects.count()
    settled = concerns.Concern.objects.extra(where=[_is_settled()]).count()  # noqa: S610  our own
    copies = round((wanted - have) / settled)
    _take_care(on=False)
    for number in range(1, copies + 1):
        with transaction.atomic(), connection.cursor() as cursor:
            for model in COPIED:
                cursor.execute(_copying(model, number))
        if number % 20 == 0:
            say(f"  {number} of {copies} copies")
    _take_care(on=True)


def _take_care(*, on: bool) -> None:
    """SQLite need not look up each reference, as rows are copied with what they refer to, nor sync."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
            cursor.execute(f"PRAGMA synchronous = {'FULL' if on else 'OFF'}")
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB if on else 1_000_000}")


def _copying(model: type[models.Model], number: int) -> str:
    fields = [one for one in model._meta.concrete_fields if one.column]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    values = ", ".join(_value(one, number) for one in fields)
    table = model._meta.db_table
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" WHERE {_is_settled()}'  # noqa: S608


def _is_settled() -> str:
    text = "id" if connection.vendor == "sqlite" else "id::text"
    return f"substr({text}, 1, 8) = '{SETTLED:08x}'"


def _value(field: models.Field, number: int) -> str:  # type: ignore[type-arg]
    """What the copy holds in this column."""
    column = str(field.column)
    if column in NUMBERED or getattr(field, "related_model", None) in COPIED:
        return _numbered(field, number)
    if column in TEXTS:
        return f"\"{column}\" || '{number:04x}'"
    if isinstance(field, models.DateTimeField):
        return _earlier(column, timedelta(days=365 * YEARS) * (1 + number / SPREAD))
    return f'"{column}"'


def _numbered(field: models.Field, number: int) -> str:  # type: ignore[type-arg]
    as_id = connection.vendor != "sqlite" and not isinstance(field, models.CharField)
    text, back = ("::text", "::uuid") if as_id else ("", "")
    return f"('{number:08x}' || substr(\"{field.column}\"{text}, 9)){back}"


def _earlier(column: str, by: timedelta) -> str:
    seconds = int(by.total_seconds())
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%f', \"{column}\", '-{seconds} seconds') || '000'"
    return f"\"{column}\" - interval '{seconds} seconds'"
