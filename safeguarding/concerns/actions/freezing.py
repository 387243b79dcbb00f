"""A file that should never have been added: freezing it, and destroying its key as the police said (R33)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.codes import readable_code
from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.models import CaseFile, Destruction, Entry, FileFrozen
from safeguarding.concerns.permissions import (
    may_approve_destruction,
    may_ask_to_destroy,
    may_freeze,
    may_see_frozen,
)
from safeguarding.documents import files
from safeguarding.documents.models import StoredFile
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import LEADS, Role

from ._writing import Details

NOT_THIS = (
    "What you said yes to is not what waits now. Nothing was destroyed. Look at the page again, and "
    "compare it with what the police wrote."
)
GONE = (
    "The key of this file was destroyed as the police said. It cannot be opened again by anybody."
)


@transaction.atomic
def freeze_file(*, by: Member, case_file: CaseFile, reason: str) -> FileFrozen:
    """From now nobody opens a file or deletes it. Those who lead and the committee lead hear of it."""
    require(may_freeze, by, case_file)
    locked = CaseFile.objects.select_for_update().get(pk=case_file.pk)
    if FileFrozen.objects.filter(case_file=locked).exists():
        raise RuleBroken("This file is frozen already. Nobody can open it.")
    if not reason.strip():
        raise RuleBroken("Write why, in a few words and without saying what it shows.")
    frozen = FileFrozen.objects.create(
        setting=locked.setting,
        case_file=locked,
        code=readable_code(),
        reason=reason,
        frozen_by=by,
    )
    _note(frozen, by, Entry.Kind.FROZEN, f"Nobody opens or deletes it from now. {reason}")
    _tell(frozen, "file_frozen", by)
    record("file.frozen", frozen, by=by, file=str(locked.file_id))
    return frozen


@transaction.atomic
def ask_to_destroy(
    *,
    by: Member,
    frozen: FileFrozen,
    officer: str,
    force: str,
    reference: str,
    instructed_at: datetime,
    instruction: str,
) -> Destruction:
    """Record that the police instructed a frozen file to be destroyed. A second person has to say yes."""
    require(may_ask_to_destroy, by, frozen)
    _still_there(frozen)
    if instructed_at > timezone.now():
        raise RuleBroken("That date and time have not come yet. Write when the police said it.")
    if not all(said.strip() for said in (officer, force, reference, instruction)):
        raise RuleBroken(
            "Write which officer said so, their force, their reference and their words."
        )
    if frozen.destructions.waiting(timezone.now()).exists():
        raise RuleBroken("This waits for a second person already. It lapses after three days.")
    asked = Destruction(
        setting=frozen.setting,
        frozen=frozen,
        by=by,
        officer=officer,
        force=force,
        reference=reference,
        instructed_at=instructed_at,
        instruction=instruction,
    )
    asked.bound_to = asked.digest
    asked.save(force_insert=True)
    _tell(frozen, "destruction_asked", by, asked)
    record("file.destruction_asked", frozen, by=by, bound_to=asked.bound_to)
    return asked


@transaction.atomic
def approve_destruction(*, by: Member, asked: Destruction, bound_to: str) -> Destruction:
    """Say yes, as the second person, to exactly what waits; and destroy the key of that one file."""
    require(may_approve_destruction, by, asked)
    frozen = _still_there(asked.frozen)
    waiting = frozen.destructions.waiting(timezone.now()).filter(pk=asked.pk).first()
    if waiting is None or not bound_to == waiting.bound_to == waiting.digest:
        raise RuleBroken(NOT_THIS)
    approval = Destruction.objects.create(
        setting=frozen.setting,
        frozen=frozen,
        by=by,
        bound_to=waiting.bound_to,
        approves=waiting,
        recorded_by=waiting.by,
    )
    files.destroy_key(frozen.case_file.file)
    said = [("Officer", f"{waiting.officer}, {waiting.force}"), ("Reference", waiting.reference)]
    said += [("Recorded by", str(waiting.by)), ("Second person", str(by))]
    _note(frozen, by, Entry.Kind.DESTROYED, waiting.instruction, said)
    _tell(frozen, "file_destroyed", by, waiting)
    record("file.key_destroyed", frozen, by=by, bound_to=waiting.bound_to)
    return approval


@transaction.atomic
def see_frozen(*, by: Member, frozen: FileFrozen) -> None:
    """Note that somebody looked at how a frozen file stands. Nothing of the file itself is shown."""
    require(may_see_frozen, by, frozen)
    mark_seen(by, frozen.pk, *(asked.pk for asked in frozen.asked))
    record("file.frozen_seen", frozen, by=by)


def _still_there(frozen: FileFrozen) -> FileFrozen:
    """The frozen file anew; the second of two waits here, and is refused once its key has gone."""
    locked = FileFrozen.objects.select_for_update().get(pk=frozen.pk)
    stored = StoredFile.objects.select_for_update().get(pk=locked.case_file.file_id)
    if stored.destroyed_at is not None:
        raise RuleBroken(GONE)
    return locked


def _note(
    frozen: FileFrozen, by: Member, kind: Entry.Kind, text: str, details: Details = ()
) -> None:
    """A line of the case, also when it is closed: this does not wait until somebody reopens it."""
    now, case = timezone.now(), frozen.case_file.entry.case
    seals.ready(case, by)
    said = [("Frozen file", frozen.code), ("Name", frozen.case_file.file.name), *details]
    Entry.objects.create(
        setting=frozen.setting,
        case=case,
        kind=kind,
        written_by=by,
        text=text,
        details=[list(pair) for pair in said],
        happened_at=now,
        created_at=now,
    )


def _tell(frozen: FileFrozen, kind: str, by: Member, asked: Destruction | None = None) -> None:
    """Without a word of content: who leads the case, and the committee lead where they may hear of it."""
    case = frozen.case_file.entry.case
    posts = case.setting.holding(LEADS | {Role.COMMITTEE_LEAD}, timezone.localdate())
    people = {*those_who_lead(case), *posts.select_related("user", "setting")} - {by}
    told = [one for one in people if may_see_frozen(one, frozen)]
    subject = asked or frozen
    notify(kind, told, subject_id=subject.pk, path=frozen.path, urgent=True, about_id=case.pk)
