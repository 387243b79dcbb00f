"""A file that should never have been added: freezing it, and destroying its key as the police said (R33)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.codes import readable_code
from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable, give_keyring
from safeguarding.approvals.actions import ask
from safeguarding.approvals.asked import anew
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.models import (
    CaseFile,
    Destruction,
    DestructionDeclined,
    Entry,
    FileFrozen,
    FileThawed,
)
from safeguarding.concerns.permissions import (
    may_approve_destruction,
    may_ask_to_destroy,
    may_ask_to_thaw,
    may_decline_destruction,
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
NO_LONGER = (
    "{} may not ask for this any more, so nothing was destroyed and the file stays frozen. Say no to it, "
    "ask the police, and let somebody who leads the case record what they say."
)
GONE = (
    "The key of this file was destroyed as the police said. It cannot be opened again by anybody."
)


@transaction.atomic
def freeze_file(*, by: Member, case_file: CaseFile, reason: str) -> FileFrozen:
    """From now nobody opens a file or deletes it. Those who lead and the committee lead hear of it."""
    require(may_freeze, by, case_file)
    locked = CaseFile.objects.select_for_update(no_key=True).get(pk=case_file.pk)
    if FileFrozen.objects.standing().filter(case_file=locked).exists():
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
    _refuse_unless_still_theirs(waiting.by, frozen)
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
def decline_destruction(*, by: Member, asked: Destruction, reason: str) -> DestructionDeclined:
    """Say no to what was recorded of the police, and why. The file stays frozen, and is there."""
    require(may_decline_destruction, by, asked)
    frozen = _still_there(asked.frozen)
    waiting = frozen.destructions.waiting(timezone.now()).filter(pk=asked.pk).first()
    if waiting is None:
        raise RuleBroken("This does not wait any more. Look at the page again.")
    declined = DestructionDeclined.objects.create(
        setting=frozen.setting, destruction=waiting, by=by, reason=reason
    )
    said = [("Recorded by", str(waiting.by)), ("Declined by", str(by))]
    _note(frozen, by, Entry.Kind.NOT_DESTROYED, reason, said)
    _tell(frozen, "destruction_declined", by, waiting)
    record("file.destruction_declined", frozen, by=by, bound_to=waiting.bound_to)
    return declined


@transaction.atomic
def ask_to_thaw(*, by: Member, frozen: FileFrozen, reason: str) -> Approval:
    """Ask for a file that was frozen by mistake to be opened again. A second person says yes (R23)."""
    require(may_ask_to_thaw, by, frozen)
    _refuse_unless_it_can_be_opened(frozen)
    case = frozen.case_file.entry.case
    seals.ready(case, by)
    said = {"frozen": str(frozen.pk), "reason": reason}
    key = case.text_key()
    approval = ask(by=by, kind="thaw_file", arguments=said, about_id=case.pk, sealed_with=key)
    record("file.thawing_asked", frozen, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def thaw_file(*, by: Member, frozen: FileFrozen, reason: str, approval: Approval) -> FileThawed:
    """Open a frozen file again, as a second person said yes to. It may be frozen again at any time."""
    require(may_ask_to_thaw, by, frozen)
    locked = _refuse_unless_it_can_be_opened(frozen)
    said = {"frozen": str(locked.pk), "reason": reason}
    spend(approval, by=by, kind="thaw_file", arguments=said)
    second = approval.answer.answered_by
    thawed = FileThawed.objects.create(
        setting=locked.setting, frozen=locked, reason=reason, by=by, second=second
    )
    _note(locked, by, Entry.Kind.THAWED, reason, [("Second person", str(second))])
    _tell(locked, "file_thawed", by)
    record("file.thawed", locked, by=by, approval=str(approval.pk))
    return thawed


@transaction.atomic
def see_frozen(*, by: Member, frozen: FileFrozen) -> None:
    """Note that somebody looked at how a frozen file stands. Nothing of the file itself is shown."""
    require(may_see_frozen, by, frozen)
    mark_seen(by, frozen.pk, *(asked.pk for asked in frozen.asked))
    record("file.frozen_seen", frozen, by=by)


def _still_there(frozen: FileFrozen) -> FileFrozen:
    """The frozen file anew; the second of two waits here, and is refused once its key has gone."""
    locked = FileFrozen.objects.select_for_update(no_key=True).get(pk=frozen.pk)
    stored = StoredFile.objects.select_for_update(no_key=True).get(pk=locked.case_file.file_id)
    if stored.destroyed_at is not None:
        raise RuleBroken(GONE)
    if locked.is_over:
        raise RuleBroken("This file was opened again and is not frozen now. Freeze it first.")
    return locked


def _refuse_unless_still_theirs(recorded_by: Member, frozen: FileFrozen) -> None:
    """Whoever recorded it may have been named since, or have left: then theirs is no word to go by."""
    asker = anew(recorded_by)
    if not asker.user.is_active or not may_ask_to_destroy(asker, frozen):
        raise RuleBroken(NO_LONGER.format(asker.display_name))


def _refuse_unless_it_can_be_opened(frozen: FileFrozen) -> FileFrozen:
    locked = _still_there(frozen)
    if locked.destructions.waiting(timezone.now()).exists():
        raise RuleBroken(
            "What the police instructed waits for a second person. Say no to that first, if it is wrong."
        )
    return locked


def _note(
    frozen: FileFrozen, by: Member, kind: Entry.Kind, text: str, details: Details = ()
) -> None:
    """A line of the case, also when it is closed: this does not wait until somebody reopens it.

    Whoever does not open what is sealed leaves the name out: the code stands for the file.
    """
    now, case = timezone.now(), frozen.case_file.entry.case
    seals.ready(case, by)
    stored = frozen.case_file.file
    give_keyring([stored], by.keyring)
    named = [("Name", stored.name)] if not isinstance(stored.name, Unreadable) else []
    said = [("Frozen file", frozen.code), *named, *details]
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
