"""What can be done with the lock: locking, the ways in, and taking in what was sent meanwhile."""

from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation import slots, standing
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.concerns.actions import file_report
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Report
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require
from safeguarding.portal.actions import tell_us
from safeguarding.portal.told import Told, public_form

from .drops import Sent
from .models import TakenIn
from .permissions import HOLDS, may_keep_keys, may_lock

Content = Told | tuple[Member, Report]
KEEPERS = ("The manager", "The committee lead", "Somebody outside the setting")
NOT_HERE = (
    "The key of this installation is a file that whoever runs it looks after, so there are no passphrases "
    "here. Nothing was changed."
)
LAST_WAY = "This is the last way in, so it stays. Give somebody else a passphrase first."
TOO_EARLY = (
    "First give at least one person a passphrase and print the three recovery sheets. Otherwise one "
    "forgotten passphrase would lose every record."
)


@transaction.atomic
def take_in(*, by: System, setting: Setting, sent: Sent, content: Content) -> Concern:
    """Take in what was sent while the records were closed, once, as sent then. The usual people are told."""
    known = (
        TakenIn.objects.filter(setting=setting, drop_id=sent.id).select_related("concern").first()
    )
    if known:
        return known.concern
    concern = _filed(setting, sent, content)
    taken = TakenIn.objects.create(
        setting=setting, drop_id=sent.id, concern=concern, filed_at=sent.moment
    )
    filed_at = sent.moment.isoformat(timespec="seconds")
    record("drop.taken_in", taken, by=by, concern=str(concern.pk), filed_at=filed_at)
    return concern


@transaction.atomic
def lock_now(*, by: Member) -> None:
    """Close the records for everybody, until somebody types a passphrase. Reports can be sent meanwhile."""
    require(may_lock, by)
    _refuse_without_slots()
    record("installation.locked", by.setting, by=by)
    transaction.on_commit(partial(standing.ask, settings.DATA, "lock"))


@transaction.atomic
def set_passphrase(*, by: Member, passphrase: str, cost: slots.Cost = slots.REAL) -> None:
    """Give oneself a passphrase that unlocks the installation. A former one of one's own ends."""
    require(may_lock, by)
    found = _slots()
    changed = slots.with_passphrase(
        found, settings.KEY, by.display_name, passphrase, who=str(by.pk), cost=cost
    )
    record("passphrase.set", by, by=by)
    _tell(by)
    slots.save(settings.DATA, changed, settings.KEY)


@transaction.atomic
def end_passphrase(*, by: Member, slot_id: str) -> None:
    """Take somebody's passphrase away: one's own, or as the lead or manager anybody's."""
    require(may_lock, by)
    found = _slots()
    slot = found.slot(slot_id)
    if slot is None:
        raise RuleBroken("This passphrase has ended already. Nothing was changed.")
    if slot.who != str(by.pk):
        require(may_keep_keys, by)
    if len(found.slots) == 1:
        raise RuleBroken(LAST_WAY)
    record("passphrase.ended", by.setting, by=by, slot=slot_id)
    _tell(by)
    slots.save(settings.DATA, slots.without(found, settings.KEY, slot_id), settings.KEY)


@transaction.atomic
def make_sheets(*, by: Member) -> list[str]:
    """New recovery sheets: the words of each, kept nowhere. Older sheets open nothing any more."""
    require(may_keep_keys, by)
    changed, words = slots.with_sheets(_slots(), settings.KEY, KEEPERS)
    record("recovery_sheets.made", by.setting, by=by)
    _tell(by)
    slots.save(settings.DATA, changed, settings.KEY)
    return words


@transaction.atomic
def put_key_file_away(*, by: Member) -> None:
    """Delete the key file, so that from now on somebody has to unlock. Only once there are ways in."""
    require(may_keep_keys, by)
    found = _slots()
    if not found.slots or found.recovery is None:
        raise RuleBroken(TOO_EARLY)
    record("key_file.put_away", by.setting, by=by)
    _tell(by)
    standing.put_key_file_away(settings.DATA)


@transaction.atomic
def change_key(*, by: Member) -> None:
    """Change the key itself, after a theft or when somebody who held a passphrase has left."""
    require(may_keep_keys, by)
    _refuse_without_slots()
    record("key.change_asked", by.setting, by=by)
    _tell(by)
    transaction.on_commit(partial(standing.ask, settings.DATA, "change key"))


@transaction.atomic
def stop_changes(*, by: Member) -> None:
    """Let nothing be changed for now. Reports go into the drop."""
    require(may_keep_keys, by)
    record("installation.read_only", by.setting, by=by)
    standing.set_read_only(settings.DATA, on=True)


@transaction.atomic
def allow_changes(*, by: Member) -> None:
    """Let things be changed again. What is in the drop is taken in."""
    require(may_keep_keys, by)
    record("installation.changes_allowed", by.setting, by=by)
    standing.set_read_only(settings.DATA, on=False)


def _filed(setting: Setting, sent: Sent, content: Content) -> Concern:
    key = UUID(sent.key)
    if isinstance(content, Told):
        concern, _code = tell_us(
            by=public_form(setting),
            setting=setting,
            form=key,
            told=content,
            filed_at=sent.moment,
        )
        return concern
    member, report = content
    return file_report(by=member, key=key, report=report, filed_at=sent.moment)


def _slots() -> slots.Slots:
    """The ways in, or none yet. Not where the key file lies elsewhere."""
    if not standing.keeps_own_key():
        raise RuleBroken(NOT_HERE)
    if not slots.exist(settings.DATA):
        return slots.Slots()
    try:
        found = slots.read(settings.DATA)
    except slots.NotOpened as damaged:
        raise RuleBroken(str(damaged)) from None
    if not slots.is_ours(found, settings.KEY):
        raise RuleBroken(slots.CHANGED)
    return found


def _refuse_without_slots() -> None:
    if not standing.can_be_locked(settings.DATA):
        raise RuleBroken(
            "As long as a key file lies beside the records, locking would keep nobody out. Set "
            "passphrases first, then put the key file away."
        )


def _tell(by: Member) -> None:
    """Nobody changes the ways in unseen."""
    holders = by.setting.holding(HOLDS, timezone.localdate()).select_related("user", "setting")
    others = [one for one in holders if one != by]
    notify("keys_changed", others, subject_id=uuid4(), path=by.setting.link_to("lock:keys"))
