"""Records sealed to the keys of people, and all that the owner of the computer could try."""

import base64
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection

from foundation.encrypted import EncryptedTextField
from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable, give_keyring
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Mark, Person
from safeguarding.documents import files
from safeguarding.documents.models import StoredFile
from safeguarding.people import keyring, sealing
from safeguarding.people.keyring import Keyring
from safeguarding.people.models import HeldForm, KeyCopy, Member
from tests.people import anew

from .given import a_report, filed

PASSWORD = "lantern gravel otter seventeen"  # noqa: S105  for tests
MARKER = "quince-marker"


def with_key(member: Member, password: str = PASSWORD) -> Member:
    """The member with a pair of keys of their own, opened as at sign-in."""
    secret = keyring.secret_of(member.user, password) or keyring.make_pair(member.user, password)
    return with_secret(member, secret)


def with_secret(member: Member, secret: str) -> Member:
    fresh = anew(member)
    fresh.keyring = Keyring(fresh.setting_id, fresh.user_id, secret)
    return fresh


def said_of(
    member: Member, by: Member, marks: tuple[Mark, ...] = (Mark("back-head", words=MARKER),)
) -> Concern:
    """A report about an adult, by somebody who opens nothing."""
    words = dict.fromkeys(("who", "saw", "heard", "asked", "did", "think"), MARKER)
    words |= dict.fromkeys(("place", "device", "web_address"), MARKER)
    people = [Person("alleged", member=member), Person("witness", name=MARKER)]
    return filed(by, a_report(kinds.ALLEGATION, *people, marks=marks, **words))


def as_read_by(member: Member, concern: Concern) -> str:
    return str(Concern.objects.readable_by(member).get(pk=concern.pk).saw)


def every_value() -> Iterator[str]:
    """Everything that stands in any table, as somebody with the database and its key reads it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield from (_plain(value) for value in row)


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


class AllThatIsThere(Keyring):
    """What the owner of computer, key file and database can do with one more key pair: their own."""

    def _fetched(self) -> dict[UUID, list[tuple[bool, bytes]]]:
        found: dict[UUID, list[tuple[bool, bytes]]] = {}
        for row in KeyCopy.objects.all():
            found.setdefault(row.key_id, []).extend(
                [(True, base64.b64decode(row.sealed)), (False, base64.b64decode(row.sealed))]
            )
        return found


def read_by_the_owner(owner: Member) -> str:
    """Every table and every file, opened with every key that lies there and with the owner's own."""
    mine = AllThatIsThere(owner.setting_id, owner.user_id, owner.keyring._secret)
    found = list(every_value())
    for model in apps.get_models():
        names = [
            one.name for one in model._meta.get_fields() if isinstance(one, EncryptedTextField)
        ]
        rows = list(model._default_manager.all()) if names else []
        give_keyring(rows, mine)
        found += [str(getattr(row, name)) for row in rows for name in names]
    for stored in StoredFile.objects.all():
        try:
            found.append(files.read(stored).decode("latin-1"))
        except RuleBroken:
            found.append("sealed")
    for place in Path(settings.FILES).rglob("*"):
        found += [place.read_bytes().decode("latin-1")] if place.is_file() else []
    for held in HeldForm.objects.all():
        found.append(sealing.unseal(bytes(held.sealed), str(held.pk)).decode())
    return "\n".join(found)


def closed(text: str) -> bool:
    return isinstance(text, Unreadable) or text in {keyring.ENTER, keyring.SEALED_TO_OTHERS}


def opened(dana: Member, concern: Concern, *also: Member) -> Case:
    case = actions.open_case(
        by=dana,
        concern=Concern.objects.readable_by(dana).select_related("setting").get(pk=concern.pk),
        title="Said of a colleague",
        record_class="C3",
        procedures=[kinds.ALLEGATION],
        reasons="It has to be looked into.",
    )
    for member in also:
        actions.let_know(by=dana, case=case, member=member, reason="two lead it")
    return case
