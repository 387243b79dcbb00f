"""The second fence: which setting's rows a statement may touch, whatever it asks for (ADR 0032).

The first fence is `.readable_by(member)`. This one stands in PostgreSQL and asks nobody's code: a
statement runs as a role that owns nothing and sees the rows of one setting, or of none. SQLite has no
such thing; there the first fence stands alone, and nothing here has an effect.

Whoever begins something says where it happens: a request its setting, a job the setting of its rows.
Nothing said means outside every setting, where no record of any can be seen.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from pydantic import BaseModel, ConfigDict, TypeAdapter

from foundation import strict_yaml

APP, ACROSS = "hedgerow_app", "hedgerow_across"  # the two roles; neither owns anything
BACKUP = "hedgerow_backup"  # reads everything, and is nobody the product ever becomes


class Place(NamedTuple):
    """Where a statement happens: as which role, and with which one word for the policies."""

    role: str
    variable: str = "hedgerow.setting"
    value: str = ""

    @property
    def statements(self) -> str:
        """What goes before a statement. It ends with the transaction, so no connection keeps it."""
        return f"SET LOCAL ROLE {self.role}; SET LOCAL {self.variable} = '{self.value}'; "


OUTSIDE = Place(APP)
OWNER = Place("NONE")  # whoever the address of the database signs in as

_here: ContextVar[Place | None] = ContextVar("fence", default=None)
_at_first = [OUTSIDE]


def here() -> Place:
    """Where we are now."""
    return _here.get() or _at_first[0]


def begin_as_owner() -> None:
    """For commands that make tables, and for tests, which look at what was done from no side."""
    _at_first[0] = OWNER


def inside(setting_id: UUID) -> AbstractContextManager[None]:
    """Within one setting: its rows are there, all others are not."""
    return _at(Place(APP, value=str(UUID(str(setting_id)))))


def outside() -> AbstractContextManager[None]:
    """Where there is no setting: the sign-in, the first set-up, the start of a job."""
    return _at(OUTSIDE)


def across(why: str) -> AbstractContextManager[None]:
    """Read the tables that config/fence.yaml lists for this purpose, of all settings. Never write."""
    if why not in crossings():
        raise ValueError(f"config/fence.yaml lists no crossing {why!r}.")
    return _at(Place(ACROSS, "hedgerow.across", why))


@contextmanager
def _at(place: Place) -> Iterator[None]:
    before = _here.set(place)
    try:
        yield
    finally:
        _here.reset(before)


class Crossing(BaseModel):
    """One purpose for which rows of several settings are read, with the tables it needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str
    tables: list[str]


class Rules(BaseModel):
    """config/fence.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    only_added_to: list[str]
    across: dict[str, Crossing]


@cache
def rules() -> Rules:
    """The file, read once; a mistake in it stops the start."""
    return strict_yaml.read(Path(settings.BASE_DIR) / "config" / "fence.yaml", TypeAdapter(Rules))


def crossings() -> dict[str, Crossing]:
    return rules().across
