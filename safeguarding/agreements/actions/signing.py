"""Answering an agreement: for oneself, on paper, or written down for somebody by another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.moments import say_date
from safeguarding.agreements import permissions
from safeguarding.agreements.models import Agreement, Extension, Signature, SpokenFor
from safeguarding.audit.trail import record
from safeguarding.documents import files
from safeguarding.law.calendar import due
from safeguarding.law.local import rule_for
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.models import Child, Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.people.turns import take_turn
from safeguarding.training.actions import take_what_is_done_elsewhere
from safeguarding.training.models import Induction

from ._asked import hold, key_of

GOES_ON = "agreements.extension"
CHANGED = (
    "The wording is not the one you were shown: a newer version was published meanwhile. Nothing was "
    "signed. Read the new one, then answer."
)
ALREADY = "This version is accepted already. There is nothing to do."
QUICKER = "An answer was written down a moment ago. Look at the page again."
ON_PAPER = "For a signature on paper, add the scanned sheet as a PDF. A picture is not taken."
THEIR_OWN_WORD = (
    "They said yes to this themselves, on the screen. Only they take that back, in their own account. "
    "Nothing was changed."
)
WHY = "Write why you write it down for them, for example that they cannot use the screen."
BEFORE_IT_WAS = (
    "This wording was written on {}, so nobody signed it before. Look at the day, and at the version that "
    "stands on the sheet."
)
ONE_EXTENSION = "You have gone on without signing once already. Please read and sign it now."
NOT_ASKED = "A newer version is asked for. Nothing was changed. Look at your agreements again."
ANSWERED_NO = "You answered no to this agreement. Whoever keeps cases with you goes on with yours."


@dataclass(frozen=True)
class Sheet:
    """A scanned sheet as it was sent."""

    name: str
    content: bytes


@transaction.atomic
def accept(
    *, by: Member, agreement: Agreement, seen: str, children: Collection[Child] = ()
) -> Signature:
    """Accept the wording that was shown, which `seen` is the digest of. Access opens at once.

    Who accepted it before does so once more for a child who came, or was put with their family, since.
    """
    require(permissions.may_sign, by, agreement)
    _refuse_other_wording(agreement, seen)
    own = Child.objects.readable_by(by).cared_for_by(by)
    mine = set(own.values_list("pk", flat=True)) if children else set()
    if any(child.pk not in mine for child in children):
        raise RuleBroken("You can speak for your own children only.")
    before = {one.child_id: one.child for one in SpokenFor.objects.standing(by, agreement)}
    further = any(child.pk not in before for child in children)
    signature = _write(by, agreement, Signature.Answer.ACCEPTED, by=by, for_more=further)
    children = {*children, *(one for pk, one in before.items() if pk in mine)}
    SpokenFor.objects.bulk_create(
        SpokenFor(setting=by.setting, signature=signature, child=child) for child in children
    )
    record("agreement.accepted", agreement, by=by, digest=seen, children=len(children))
    first_weeks = list(Induction.objects.open().filter(member=by))
    if first_weeks:
        take_what_is_done_elsewhere(by=by, inductions=first_weeks)
    return signature


@transaction.atomic
def refuse(*, by: Member, agreement: Agreement, seen: str, note: str = "") -> Signature:
    """Say no to the wording that was shown. Nothing but reporting stays open; managers are told."""
    require(permissions.may_sign, by, agreement)
    _refuse_other_wording(agreement, seen)
    signature = _write(by, agreement, Signature.Answer.REFUSED, by=by, note=note)
    _tell_managers("agreement_refused", signature)
    record("agreement.refused", agreement, by=by, digest=seen)
    return signature


@transaction.atomic
def read_scan(*, by: Member, signature: Signature) -> bytes:
    """Open the sheet that somebody signed on paper. That it was read is on record."""
    require(permissions.may_read_scan, by, signature)
    if signature.scan is None or signature.scan.destroyed_at:
        raise RuleBroken(
            "No sheet is kept with this answer. Ask whoever wrote it down for the paper."
        )
    content = files.read(signature.scan)
    record("sheet.read", signature, by=by)
    return content


@transaction.atomic
def destroy_scan(*, by: Member, signature: Signature) -> Signature:
    """Take back a sheet that is the wrong file: its key goes, so that nobody can open it again.

    The answer stays as it was written down. With the right sheet it is written down anew.
    """
    require(permissions.may_destroy_scan, by, signature)
    take_turn(by.setting_id)
    signature = Signature.objects.select_related("scan").get(pk=signature.pk)
    if signature.scan is None or signature.scan.destroyed_at:
        raise RuleBroken("No sheet is kept with this answer any more. Nothing was changed.")
    files.destroy_key(signature.scan)
    record("sheet.destroyed", signature, by=by)
    return signature


@transaction.atomic
def withdraw(*, by: Member, signature: Signature) -> Signature:
    """Take back what one accepted. What it opened closes with the next request; managers are told."""
    require(permissions.may_withdraw, by, signature)
    if not signature.is_accepted or hasattr(signature, "followed_by"):
        raise RuleBroken("This is not your newest answer, or it was not a yes.")
    taken_back = _write(by, signature.agreement, Signature.Answer.WITHDRAWN, by=by)
    _tell_managers("agreement_refused", taken_back)
    record("agreement.withdrawn", signature.agreement, by=by, digest=signature.digest)
    return taken_back


@transaction.atomic
def write_down(
    *,
    by: Member,
    agreement: Agreement,
    member: Member,
    answer: Signature.Answer,
    signed_on: date,
    note: str = "",
    sheet: Sheet | None = None,
) -> Signature:
    """Write down how somebody signed on paper, with the sheet; or answered, and why they could not sign."""
    require(permissions.may_write_down, by, member, agreement)
    _refuse_another_day(agreement, signed_on)
    _refuse_against_their_own_word(agreement, member, answer)
    if sheet is None and not note.strip():
        raise RuleBroken(WHY)
    kept = files.keep(by.setting, sheet.name, sheet.content) if sheet else None
    if kept is not None and kept.kind != "pdf":
        raise RuleBroken(ON_PAPER)
    how = Signature.How.PAPER if kept else Signature.How.FOR_THEM
    signature = _write(
        member, agreement, answer, by=by, how=how, signed_on=signed_on, note=note, scan=kept
    )
    path = by.setting.link_to("agreements:receipt", signature.pk)
    notify("agreement_written_down", [member], subject_id=signature.pk, path=path)
    record(
        "agreement.written_down", agreement, by=by, member=str(member.pk), answer=answer, how=how
    )
    return signature


def _refuse_another_day(agreement: Agreement, signed_on: date) -> None:
    written = timezone.localdate(agreement.created_at)
    if signed_on > timezone.localdate():
        raise RuleBroken("The day they signed cannot be in the future.")
    if signed_on < written:
        raise RuleBroken(BEFORE_IT_WAS.format(say_date(written)))


def _refuse_against_their_own_word(
    agreement: Agreement, member: Member, answer: Signature.Answer
) -> None:
    """Who said yes themselves takes it back themselves: nobody shuts a colleague out by writing a no."""
    newest = Signature.objects.newest().filter(member=member, agreement=agreement).first()
    theirs = newest is not None and newest.is_accepted and newest.how == Signature.How.SCREEN
    if theirs and answer != Signature.Answer.ACCEPTED:
        raise RuleBroken(THEIR_OWN_WORD)


@transaction.atomic
def go_on(*, by: Member, agreement: Agreement) -> Extension:
    """Go on with cases for a few days without having signed, once: a child may depend on it. It is told."""
    require(permissions.may_go_on, by, agreement)
    take_turn(by.setting_id)
    if not Agreement.objects.to_sign().filter(pk=agreement.pk).exists():
        raise RuleBroken(NOT_ASKED)
    rows = Signature.objects.newest().filter(member=by.pk, audience=agreement.audience)
    if rows.exclude(answer=Signature.Answer.ACCEPTED).exists():
        raise RuleBroken(ANSWERED_NO)
    if Extension.objects.filter(agreement=agreement, member=by).exists():
        raise RuleBroken(ONE_EXTENSION)
    now = timezone.now()
    rule = rule_for(by.setting_id, GOES_ON, timezone.localdate(now))
    until = due(rule.value, now)
    extension = Extension.objects.create(
        setting=by.setting, agreement=agreement, member=by, until=until
    )
    keepers = [Role.MANAGER, Role.COMMITTEE_LEAD]
    told = by.setting.holding(keepers, timezone.localdate(now)).exclude(pk=by.pk)
    path = by.setting.link_to("agreements:everyone")
    notify("agreement_gone_on", told, subject_id=extension.pk, path=path)
    record("agreement.gone_on", agreement, by=by, until=until.isoformat())
    return extension


def _write(
    member: Member,
    agreement: Agreement,
    answer: Signature.Answer,
    *,
    by: Member,
    how: Signature.How = Signature.How.SCREEN,
    for_more: bool = False,
    **more: object,
) -> Signature:
    """The next answer of this person to this agreement; the clock that asked for it stops."""
    hold(agreement)
    before = Signature.objects.newest().filter(member=member, audience=agreement.audience).first()
    if not for_more and before and (before.agreement_id, before.answer) == (agreement.pk, answer):
        raise RuleBroken(ALREADY)
    fields: dict[str, object] = {"signed_on": timezone.localdate(), **more}
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                setting=by.setting,
                agreement=agreement,
                member=member,
                answer=answer,
                how=how,
                digest=agreement.digest,
                written_by=by,
                audience=agreement.audience,
                number=agreement.number,
                follows=before,
                **fields,
            )
    except IntegrityError:
        raise RuleBroken(QUICKER) from None
    stop_clocks(setting_id=by.setting_id, subject_id=agreement.pk, key=key_of(member.pk))
    mark_seen(member, agreement.pk)
    return signature


def _refuse_other_wording(agreement: Agreement, seen: str) -> None:
    newest = Agreement.objects.to_sign().filter(pk=agreement.pk)
    if seen != agreement.digest or not newest.exists():
        raise RuleBroken(CHANGED)


def _tell_managers(kind: str, signature: Signature) -> None:
    """The managers; of the only manager's own answer the committee lead."""
    setting, today = signature.setting, timezone.localdate()
    path = setting.link_to("agreements:everyone")
    for role in (Role.MANAGER, Role.COMMITTEE_LEAD, Role.LEAD):
        told = setting.holding([role], today).exclude(pk=signature.member_id)
        if notify(kind, told, subject_id=signature.pk, path=path):
            return
