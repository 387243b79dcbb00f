"""How the rest of the system writes to the trail."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, overload
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation import fence
from foundation.models import Record
from foundation.prepared import prepared
from safeguarding.audit import contents, keyring
from safeguarding.audit.chain import FIELDS, GENESIS, VERSION, next_link, nfc, seal
from safeguarding.audit.contents import Committed
from safeguarding.audit.models import ChainHead, Entry

form_of_event = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
control_character = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
Detail = str | int | bool | None
LONGEST_DETAIL = 200


class Named(Protocol):
    """Whoever did it, wherever they belong."""

    @property
    def pk(self) -> UUID | None: ...
    @property
    def display_name(self) -> str: ...


class Actor(Named, Protocol):
    """Whoever did it in a setting: a member, or the system on its behalf."""

    @property
    def setting_id(self) -> UUID: ...


@dataclass(frozen=True)
class System:
    """The actor of timed work: `System("daily reminders", setting.pk)`."""

    name: str
    setting_id: UUID

    @property
    def pk(self) -> None:
        return None

    @property
    def display_name(self) -> str:
        return self.name


def record(
    event: str,
    subject: Record,
    /,
    *,
    by: Actor,
    content: Committed | None = None,
    **details: Detail,
) -> Entry:
    """Add one line to the trail of the actor's setting, inside the transaction of the change.

    `event` is a noun and what happened to it: "concern.closed". `details` are ids, codes, counts
    and dates as text, never a sentence that a person typed: those stay in the record itself.
    `content` is the record that holds such sentences, when they are to be provable: the entry then
    carries a salted commitment to its `committed` fields, and one more statement is made.
    Call it last of all that locks, since it holds the end of the setting's chain until the commit.
    Two statements. Raises ValueError or TypeError for an event or detail that does not belong.
    """
    subject_of = (subject._meta.label, subject.pk)
    return _append(
        event, subject_of, setting_id=by.setting_id, by=by, details=details, content=content
    )


@dataclass(frozen=True)
class Line:
    """One of many things that were done at once, for `record_many`."""

    event: str
    subject: Record
    details: Mapping[str, Detail]


@transaction.atomic(savepoint=False)
def record_many(lines: Sequence[Line], /, *, by: Actor) -> None:
    """As `record` for each of the lines, in their order, when there are hundreds of them.

    The end of the chain is read once. The entries still go in one statement each, since the
    database moves the end of the chain with each; they travel together.
    """
    if not lines:
        return
    head = _locked_head(by.setting_id)
    seq, link = head.seq, head.link
    rows = []
    for line in lines:
        seq, prev = seq + 1, link
        subject_of = (line.subject._meta.label, line.subject.pk)
        said = _said(line.event, subject_of, by.setting_id, seq, by, line.details)
        link = next_link(prev, said)
        rows.append(_row(said, prev, link))
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)


def record_for(
    event: str,
    subject: Record,
    /,
    *,
    setting_id: UUID,
    by: Named,
    details: Mapping[str, Detail] | None = None,
) -> Entry:
    """As `record`, in the trail of a setting that need not be the actor's.

    For a stranger who tries a setting's door, and, with INSTALLATION, for what belongs to no
    setting, such as signing in. Someone who writes to two chains in one transaction writes to
    INSTALLATION last, so that two people never wait for each other.
    """
    subject_of = (subject._meta.label, subject.pk)
    with fence.inside(setting_id):
        return _append(event, subject_of, setting_id=setting_id, by=by, details=details or {})


@overload
def record_knock(event: str, subject_id: UUID, /, *, by: Actor) -> Entry: ...
@overload
def record_knock(event: str, subject_id: UUID, /, *, by: Named, setting_id: UUID) -> Entry: ...
def record_knock(
    event: str, subject_id: UUID, /, *, by: Any, setting_id: UUID | None = None
) -> Entry:
    """Add a line for somebody who asked for a record they were not shown, or that is not there.

    The event names what they asked for: "case.refused". Whether it exists is not said. A stranger
    to the setting has no setting of their own, so theirs says whose door it was.
    """
    subject_of = (event.partition(".")[0], subject_id)
    door = setting_id or by.setting_id
    with fence.inside(door):
        return _append(event, subject_of, setting_id=door, by=by, details={}, refused=True)


@transaction.atomic
def erase(subject: Record, /, *, by: Actor, reason: str) -> None:
    """Make every commitment to what this record said unprovable, for good: for a lawful erasure.

    The salts go, and with them all that the words could be guessed from; the chain stays whole. An
    entry says so first, and the database lets go of a salt only after it. The words themselves are
    for the record's own app to remove, in the same transaction. `reason` is a code.
    """
    record("content.erased", subject, by=by, reason=reason)
    contents.forget(subject.pk, by.setting_id)


@transaction.atomic(savepoint=False)
def _append(
    event: str,
    subject_of: tuple[str, UUID],
    *,
    setting_id: UUID,
    by: Named,
    details: Mapping[str, Detail],
    content: Committed | None = None,
    refused: bool = False,
) -> Entry:
    """Check what is said, take hold of the end of the chain, and add to it."""
    head = _locked_head(setting_id)
    said = _said(event, subject_of, setting_id, head.seq + 1, by, details)
    if refused:
        said["outcome"] = Entry.Outcome.DENY.value
    if content is not None:
        said["commitment"] = contents.commit_to(content, said["id"], setting_id)
    link = next_link(head.link, said)
    row = _row(said, head.link, link)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
    entry = Entry(**said, prev=head.link, link=link, seal=row[-1])
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def _row(said: Mapping[str, Any], prev: str, link: str) -> list[Any]:
    """The values of an entry as its columns hold them on this database."""
    columns = [field.get_db_prep_save(said[field.name], connection) for field in _COLUMNS]
    return [*columns, said["commitment"], prev, link, _sealed(said, link)]


def _sealed(said: Mapping[str, Any], link: str) -> str:
    return seal(keyring.current().secret, said["setting_id"], said["seq"], link)


def _said(
    event: str,
    subject_of: tuple[str, UUID],
    setting_id: UUID,
    seq: int,
    by: Named,
    details: Mapping[str, Detail],
) -> dict[str, Any]:
    """What an entry says, once it is sure that all of it belongs in the trail."""
    if not form_of_event.fullmatch(event):
        raise ValueError(f"{event!r} is not an event: write it as noun.past_tense.")
    return {
        "v": VERSION,
        "id": uuid4(),
        "setting_id": setting_id,
        "seq": seq,
        "at": timezone.now(),
        "event": event,
        "outcome": Entry.Outcome.ALLOW.value,
        "key_id": keyring.current().id,
        "commitment": "",
        "actor_id": by.pk,
        "actor_name": nfc(by.display_name)[:200],
        "subject_type": subject_of[0],
        "subject_id": subject_of[1],
        "details": {nfc(name): _checked(name, value) for name, value in details.items()},
    }


_FIELDS = {field.name: field for field in Entry._meta.concrete_fields}
_COLUMNS = [_FIELDS[name] for name in FIELDS]
_LINKED = ("commitment", "prev", "link", "seal")
_INSERT = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608  names of our own table only
    Entry._meta.db_table,
    ", ".join([*(str(field.column) for field in _COLUMNS), *_LINKED]),
    ", ".join(["%s"] * (len(_COLUMNS) + len(_LINKED))),
)


def hold(setting_id: UUID) -> None:
    """Let nobody else write in a chain until the commit. INSTALLATION comes last here, too."""
    with fence.inside(setting_id):
        _locked_head(setting_id)


def _locked_head(setting_id: UUID) -> ChainHead:
    """Where the chain ends, held until the commit; a chain that is new is begun."""
    found: list[ChainHead] = _HEAD(setting_id)
    if found:
        return found[0]
    start = ChainHead(setting_id=setting_id, seq=0, link=GENESIS)
    ChainHead.objects.bulk_create([start], ignore_conflicts=True)  # someone else may be first
    found = _HEAD(setting_id)
    return found[0]


def _head(setting: UUID) -> QuerySet[ChainHead]:
    return ChainHead.objects.select_for_update(no_key=True).filter(pk=setting)


_HEAD = prepared(_head)


def _checked(name: str, value: Detail) -> Detail:
    """A value fit for the trail: small, plain, and not somebody's account of what happened."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if not isinstance(value, str):
        raise TypeError(f"The detail {name} is a {type(value).__name__}; use text, int or bool.")
    text = nfc(value)
    if len(text) > LONGEST_DETAIL or control_character.search(text):
        raise ValueError(f"The detail {name} is too long or has line breaks: keep content out.")
    return text
