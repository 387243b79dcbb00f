"""Sealing what is said of adults here to those who may read it, and to nobody else (rules R13, R14, R17).

A record that is about an adult has keys of its own. Each lies in the database only as copies, each sealed
to the public key of one person who is eligible. Whoever writes needs no secret: if they cannot open the
newest key, or it is known to somebody who may no longer have it, a new one begins. While nobody who is
eligible has a key, one copy waits, which the key file of the installation opens (ADR 0027).
"""

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from foundation import fence, sealed
from foundation.errors import RuleBroken
from safeguarding.people import access, sealing
from safeguarding.people.keyring import Copy, Keyring, name_of, when_made
from safeguarding.people.models import KeyCopy, Member, PersonKey, RecordKey

from . import routing
from .models import Case, Concern, Involvement
from .permissions import is_named_among

SEALED = "C3"
KEY = 32
Record = Case | Concern


def ready(record: Record, by: object = None) -> None:
    """Choose the key with which an action writes on a record. Call it before the first word is written.

    Only those who are eligible at this moment can open what is written from now on.
    """
    if record.record_class != SEALED:
        return
    keyring = by.keyring if isinstance(by, Member) else Keyring(record.setting_id, None)
    members = eligible(record)
    _take_from_others(record, members)
    to = _pairs(record.setting_id, members)
    keys = list(RecordKey.objects.of(record.pk))
    for key in keys:
        _share(key, keyring, to)
    if keys:
        newest = keys[0]
        known: set[UUID | None] = set(newest.copies.values_list("to_id", flat=True))
        content = keyring.record_key(name_of(newest))
        if content is not None and known == _ids(to):
            record.writing_key = (name_of(newest), content)
            return
    keep(record, *begin(record), to)
    keyring.forget()


def begin(record: Record) -> tuple[RecordKey, bytes]:
    """A new key for a record that is about to be made, or is written on. `keep` must follow."""
    key = RecordKey.objects.create(setting_id=record.setting_id, record_id=record.pk)
    content = os.urandom(KEY)
    record.writing_key = (name_of(key), content)
    return key, content


def keep(
    record: Record, key: RecordKey, content: bytes, to: dict[UUID, PersonKey] | None = None
) -> None:
    """Seal a new key to everyone who is eligible; where none of them has a key, let a copy wait."""
    if to is None:
        to = _pairs(record.setting_id, eligible(record))
    KeyCopy.objects.bulk_create(
        [_copy(key, content, pair) for pair in to.values()] or [_waiting(key, content)]
    )


def share(record: Record, by: Member) -> int:
    """Give everyone eligible who has a key a copy of what `by` can open. How many copies were made."""
    records = [record] if record.record_class == SEALED else []
    if isinstance(record, Case):
        gathered = Concern.objects.filter(gathered__case=record, record_class=SEALED)
        records += list(gathered.select_related("setting"))
    made = 0
    for one in records:
        to = _pairs(one.setting_id, eligible(one))
        for key in RecordKey.objects.of(one.pk):
            made += _share(key, by.keyring, to)
    return made


def refuse_closed(record: Case, by: Member) -> None:
    """Stop where somebody does not open all that stands on a case: a paper of it would have holes."""
    if record.record_class != SEALED:
        return
    reports = Concern.objects.filter(gathered__case=record).values_list("pk", flat=True)
    for key in RecordKey.objects.of(record.pk, *reports):
        if by.keyring.record_key(name_of(key)) is None:
            raise RuleBroken(f"Nothing was made. {by.keyring.closed}")


def close_to(record: Record) -> None:
    """After somebody came to be named: take away their copies, and let no further word be sealed to them."""
    if record.record_class == SEALED:
        ready(record)


@dataclass(frozen=True)
class Standing:
    """What the page of a sealed record says of its seal."""

    is_closed: bool  # for whoever looks
    waits: bool
    opens_for: list[str]


def standing(record: Record, member: Member) -> Standing | None:
    """How a record's seal stands for a member; None where it is not sealed. Fetch it `with_copies`."""
    if record.record_class != SEALED:
        return None
    copies = Copy.all_in(record.sealed_copies)
    names = sorted({one.name for one in copies if one.user})
    is_closed = bool(names) and not member.keyring.is_open
    return Standing(is_closed, any(one.user is None for one in copies), names)


def eligible(record: Record) -> list[Member]:
    """Everyone to whom a record is sealed: who may come to read it by their role, and who was let in."""
    on = timezone.localdate()
    roles = {role for rung in routing.ABOUT_AN_ADULT for role in rung}
    able = record.setting.holders(roles, on)
    if let_in := set(_listed(record)) - {one.pk for one in able}:
        rows = Member.objects.with_roles(on).filter(pk__in=let_in, setting=record.setting_id)
        able += rows
    involved = _involved(record)
    return [one for one in able if _may_read(one) and not is_named_among(one, involved)]


def _involved(record: Record) -> list[Involvement]:
    """Everyone a record names: in itself, or in whatever lies in one case with it."""
    case = record if isinstance(record, Case) else getattr(record, "gathered", None)
    if case is None:
        return list(Involvement.objects.filter(concern=record.pk))
    case_id = case.pk if isinstance(case, Case) else case.case_id
    in_case = Q(case=case_id) | Q(concern__gathered__case=case_id)
    return list(Involvement.objects.filter(in_case))


def _listed(record: Record) -> list[UUID]:
    if isinstance(record, Concern):
        return list(record.recipients.values_list("member_id", flat=True))
    current = record.need_to_know.current(timezone.localdate())
    return list(current.values_list("member_id", flat=True))


def _may_read(member: Member) -> bool:
    return bool(access.scopes(member.roles, SEALED, "R") & {"t", "n"})


def _pairs(setting_id: UUID, members: Iterable[Member]) -> dict[UUID, PersonKey]:
    users = [one.user_id for one in members]
    rows = PersonKey.objects.sealed_to_at(setting_id).filter(user__in=users)
    return {row.pk: row for row in rows}


def _ids(to: dict[UUID, PersonKey]) -> set[UUID | None]:
    """Whose copies there should be; one that waits, where nobody has a key."""
    return {*to} or {None}


def _share(key: RecordKey, keyring: Keyring, to: dict[UUID, PersonKey]) -> int:
    copies = set(key.copies.values_list("to_id", flat=True))
    lacking = [pair for pk, pair in to.items() if pk not in copies]
    content = keyring.record_key(name_of(key)) if lacking else None
    if content is not None:
        KeyCopy.objects.bulk_create([_copy(key, content, pair) for pair in lacking])
        key.copies.filter(to__isnull=True).delete()
        return len(lacking)
    return 0


def _take_from_others(record: Record, members: Iterable[Member]) -> None:
    users = [one.user_id for one in members]
    copies = KeyCopy.objects.filter(key__record_id=record.pk, to__isnull=False)
    copies.exclude(to__user__in=users).delete()


def _copy(key: RecordKey, content: bytes, pair: PersonKey) -> KeyCopy:
    copy = base64.b64encode(sealed.seal(content, [pair.public])).decode()
    return KeyCopy(setting_id=key.setting_id, key=key, to=pair, sealed=copy)


def _waiting(key: RecordKey, content: bytes) -> KeyCopy:
    copy = base64.b64encode(sealing.seal(content, f"waiting {key.pk}")).decode()
    return KeyCopy(setting_id=key.setting_id, key=key, sealed=copy)


@when_made
def _seal_what_waits(pair: PersonKey, _secret: str) -> None:
    """Somebody has a key now: what waited for one of them is sealed, and no longer waits."""
    with fence.across("the door"):
        theirs = set(Member.objects.filter(user=pair.user_id).values_list("setting", flat=True))
    for setting_id in theirs:
        with fence.inside(setting_id):
            _seal_what_waits_at(setting_id, pair)


def _seal_what_waits_at(setting_id: UUID, pair: PersonKey) -> None:
    rows = KeyCopy.objects.filter(to__isnull=True, setting=setting_id).select_related("key")
    for record_id in {row.key.record_id for row in rows}:
        record = _record(record_id)
        if record is None or pair.user_id not in {one.user_id for one in eligible(record)}:
            continue
        to = _pairs(record.setting_id, eligible(record))
        for key in RecordKey.objects.of(record_id):
            _share(key, Keyring(record.setting_id, None), to)


def _record(record_id: UUID) -> Record | None:
    case = Case.objects.filter(pk=record_id).select_related("setting").first()
    return case or Concern.objects.filter(pk=record_id).select_related("setting").first()
