"""Handing out proof of where the record stands, and saying so when it is no longer whole."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit import anchors, checkpoints, signing, state
from safeguarding.audit.models import Checkpoint
from safeguarding.audit.trail import System, hold, record
from safeguarding.audit.verify import Report
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require
from safeguarding.people.roles import LEADS, Role
from safeguarding.people.turns import take_turn

from .models import Anchor, Mailbox, MailboxRemoved
from .permissions import may_name_mailboxes, may_remove_mailbox, may_verify

WEEK = timedelta(days=7)
TOO_LONG = timedelta(days=14)  # without anybody getting proof
ALARMED = (Role.MANAGER, Role.COMMITTEE_LEAD)
MAY_LOOK = (*ALARMED, *LEADS)
NOT_SIGNED = "Nothing could be signed, so there is nothing to keep. {} Filing goes on."


@transaction.atomic
def name_mailbox(*, by: Member, name: str, email: str) -> Mailbox:
    """Have proof of the record sent to a mailbox outside the setting, once a week from now."""
    require(may_name_mailboxes, by)
    mailbox = Mailbox.objects.create(setting=by.setting, name=name, email=email, named_by=by)
    record("mailbox.named", mailbox, by=by)
    _tell_the_others(by, mailbox.pk)
    return mailbox


@transaction.atomic
def remove_mailbox(*, by: Member, mailbox: Mailbox) -> None:
    """Send no more proof to a mailbox. What it got stays there."""
    require(may_remove_mailbox, by, mailbox)
    removed, is_new = MailboxRemoved.objects.get_or_create(
        setting=mailbox.setting, mailbox=mailbox, defaults={"removed_by": by}
    )
    if is_new:
        record("mailbox.removed", mailbox, by=by)
        _tell_the_others(by, removed.pk)


@transaction.atomic
def take_anchor(*, by: Member, how: str) -> Checkpoint:
    """Sign where the record stands now, for a sheet or a file that this member keeps."""
    require(may_verify, by)
    hold(by.setting_id)  # before the chain of the installation, in which a checkpoint is written
    try:
        checkpoint = checkpoints.make()
    except signing.NoKey as alarm:
        raise RuleBroken(NOT_SIGNED.format(alarm)) from None
    anchor = Anchor.objects.create(
        setting=by.setting, checkpoint=checkpoint, how=how, member=by, handed_at=timezone.now()
    )
    record("anchor.taken", anchor, by=by, how=how)
    return checkpoint


@transaction.atomic
def hold_against(*, by: Member, words: str) -> anchors.Found:
    """Look whether the record still holds the point that eight words on paper stand for."""
    require(may_verify, by)
    found = anchors.look_at_words(words)
    record("anchor.held_against", by.setting, by=by, held=found.checkpoint is not None)
    return found


@transaction.atomic
def hand_out(*, by: System, setting: Setting) -> list[Anchor]:
    """Queue the week's mails: to the committee lead, and to each mailbox outside. Those due only."""
    take_turn(setting.pk)
    checkpoint = Checkpoint.objects.order_by("number").last()
    if checkpoint is None:
        return []
    due = [one for one in _keepers(setting) if not _had_lately(setting, one)]
    made = [
        Anchor.objects.create(
            setting=setting,
            checkpoint=checkpoint,
            how=Anchor.How.MAIL,
            member=one if isinstance(one, Member) else None,
            mailbox=one if isinstance(one, Mailbox) else None,
            next_try_at=timezone.now(),
        )
        for one in due
    ]
    if made:
        record("anchor.queued", setting, by=by, mails=len(made))
    return made


def _tell_the_others(by: Member, what: UUID) -> None:
    """Where proof goes decides who can show that a record was written anew: nobody decides it unseen."""
    here = by.setting.holding(MAY_LOOK, timezone.localdate()).select_related("user")
    others = [one for one in here if one.user_id != by.user_id]
    notify("proof_moved", others, subject_id=what, path=by.setting.link_to("witness:record"))


def _keepers(setting: Setting) -> list[Member | Mailbox]:
    leads = setting.holding([Role.COMMITTEE_LEAD], timezone.localdate()).select_related("user")
    return [*leads, *Mailbox.objects.filter(setting=setting).current()]


def _had_lately(setting: Setting, keeper: Member | Mailbox) -> bool:
    whose = {"member": keeper} if isinstance(keeper, Member) else {"mailbox": keeper}
    mails = Anchor.objects.filter(setting=setting, how=Anchor.How.MAIL, **whose)
    return mails.filter(created_at__range=state.lately(WEEK - timedelta(hours=1))).exists()


@transaction.atomic
def say_nobody_has_proof(*, by: System, setting: Setting) -> bool:
    """Tell the manager and the committee lead, once a week, that nobody got proof for too long."""
    since, until = state.lately(TOO_LONG)
    handed = Anchor.objects.filter(setting=setting, handed_at__range=(since, until))
    if since < setting.created_at < until or handed.exists():
        return False
    week = timezone.localdate().strftime("%G-%V")
    told = notify(
        "record_unproved",
        _alarmed(setting),
        subject_id=_name(setting.pk, week),
        path=setting.link_to("witness:record"),
    )
    if told:
        record("anchor.missing", setting, by=by, told=len(told))
    return True


@transaction.atomic
def note_check(*, by: System, setting: Setting, report: Report, whole: bool) -> bool:
    """Write down what a check found; tell the manager and the committee lead when something is wrong.

    They are told when it is found first, not with each check after that. Says whether it is whole.
    """
    take_turn(setting.pk)
    was_whole = state.is_whole(setting.pk)
    newest = checkpoints.newest_number()
    check = state.note(setting.pk, report, whole=whole, checkpoint=newest)
    if check is None:
        return was_whole
    if not check.is_intact and was_whole:
        path = setting.link_to("witness:record")
        told = notify(
            "record_broken", _alarmed(setting), subject_id=check.pk, path=path, urgent=True
        )
        record("record.found_broken", setting, by=by, layer=check.layer, told=len(told))
    else:
        record("record.checked", setting, by=by, intact=check.is_intact)
    return check.is_intact


def _alarmed(setting: Setting) -> list[Member]:
    return list(setting.holding(ALARMED, timezone.localdate()).select_related("user"))


def _name(setting_id: UUID, week: str) -> UUID:
    """One subject a week, so that each week is told of once."""
    return uuid5(setting_id, f"no proof in {week}")
