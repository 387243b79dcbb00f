"""The ways in: passphrases, recovery sheets, the key file, and the key itself.

As long as a key file lies beside the records, whoever is at the computer holds the key, and each sets
up their own way in. Putting that file away takes two people, and from then on so does every change of
who can open the records. A passphrase of one's own is changed, and given up, by oneself.
"""

from functools import partial
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation import former, sheets, slots, standing
from foundation.errors import RuleBroken
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.lock import ways
from safeguarding.lock.permissions import HOLDS, may_keep_keys, may_lock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

KEEPERS = ("The manager", "The committee lead", "Somebody outside the setting")


@transaction.atomic
def set_passphrase(*, by: Member, passphrase: str, cost: slots.Cost = slots.REAL) -> None:
    """Give oneself a passphrase, or another one. Once the key file is gone a first one takes two people."""
    require(may_lock, by)
    slot = slots.new_slot(by.display_name, passphrase, who=str(by.pk), cost=cost)
    record("passphrase.set", by, by=by)
    _tell(by)
    found = ways.held()
    if not ways.has_own(found, str(by.pk)):
        ways.refuse_without_two()
    ways.save(slots.with_slot(found, settings.KEY, slot))


@transaction.atomic
def let_in(*, by: Member, slot: str, approval: Approval) -> None:
    """Put in the passphrase that another person said yes to: from now on it unlocks."""
    require(may_lock, by)
    spend(approval, by=by, kind="let_in", arguments={"slot": slot})
    record("passphrase.set", by, by=by)
    _tell(by)
    wanted = slots.Slot.model_validate_json(slot)
    ways.save(slots.with_slot(ways.held(), settings.KEY, wanted))


@transaction.atomic
def end_passphrase(*, by: Member, slot_id: str, approval: Approval | None = None) -> None:
    """Take a passphrase away: one's own, or another's with a second person. The last one stays."""
    require(may_lock, by)
    found = ways.found()
    slot = found.slot(slot_id) or _changed_since(found, approval)
    if slot is None:
        raise RuleBroken(ways.ENDED)
    if slot.who != str(by.pk):
        require(may_keep_keys, by)
        _second_person(by, "end_passphrase", approval, slot=slot_id, who=slot.who)
    ways.refuse_last(found)
    record("passphrase.ended", by.setting, by=by, slot=slot.id)
    _tell(by)
    ways.save(_without(slot, ways.held()))


@transaction.atomic
def make_sheets(*, by: Member) -> list[str]:
    """New recovery sheets, used at once: only while the key file lies there. Their words are kept nowhere."""
    require(may_keep_keys, by)
    ways.refuse_without_two()
    recovery, words = slots.new_sheets(KEEPERS)
    record("recovery_sheets.made", by.setting, by=by, set=sheets.set_number(words[0]))
    _tell(by)
    ways.save(slots.with_recovery(ways.held(), settings.KEY, recovery))
    return words


@transaction.atomic
def use_sheets(*, by: Member, number: str, recovery: str, approval: Approval) -> None:
    """Let the sheets open the records that another person said yes to. Older ones open nothing any more."""
    require(may_keep_keys, by)
    arguments = {"set": number, "recovery": recovery}
    spend(approval, by=by, kind="use_sheets", arguments=arguments)
    record("recovery_sheets.made", by.setting, by=by, set=number)
    _tell(by)
    wanted = slots.Recovery.model_validate_json(recovery)
    ways.save(slots.with_recovery(ways.held(), settings.KEY, wanted))


@transaction.atomic
def put_key_file_away(*, by: Member, approval: Approval) -> None:
    """Delete the key file, so that from now on somebody has to unlock. Only once there are ways in."""
    require(may_keep_keys, by)
    found = ways.found()
    ways.refuse_too_early(found)
    spend(approval, by=by, kind="put_key_away", arguments=ways.as_they_stand(found))
    record("key_file.put_away", by.setting, by=by)
    _tell(by)
    if before := [*settings.FORMER_KEYS, *former.in_file(settings.DATA)]:
        # From now on whoever unlocks opens them as well, and the files that were named may go.
        ways.save(former.kept_by(ways.held(), settings.KEY, before))
    # Nothing brings it back: only once it is on record, with the yes of the second person, who did it.
    transaction.on_commit(partial(standing.put_key_file_away, settings.DATA))


@transaction.atomic
def change_key(*, by: Member, approval: Approval) -> None:
    """Change the key itself, after a theft or when somebody who held a passphrase has left."""
    require(may_keep_keys, by)
    ways.refuse_without_slots()
    ways.refuse_little_room()
    spend(approval, by=by, kind="change_key", arguments=ways.as_they_stand(ways.found()))
    record("key.change_asked", by.setting, by=by)
    _tell(by)
    transaction.on_commit(partial(standing.ask, settings.DATA, "change key"))


def _without(slot: slots.Slot, now: slots.Slots) -> slots.Slots:
    """The ways in but this one, unless it is the last by now, or has ended or was changed just now."""
    if now.slot(slot.id) is None:
        raise RuleBroken(ways.ENDED)
    ways.refuse_last(now)
    return slots.without(now, settings.KEY, slot.id)


def _changed_since(found: slots.Slots, approval: Approval | None) -> slots.Slot | None:
    """The passphrase that took the place of the one asked about: the yes is to a person, not to a word."""
    return ways.of_person(found, str(approval.arguments["who"])) if approval else None


def _second_person(by: Member, kind: str, approval: Approval | None, **arguments: str) -> None:
    """Spend the yes of another person, where it takes one by now."""
    if approval is not None:
        named = {"holder": str(approval.arguments["holder"])}
        spend(approval, by=by, kind=kind, arguments=arguments | named)
    else:
        ways.refuse_without_two()


def _tell(by: Member) -> None:
    """Nobody changes the ways in unseen."""
    holders = by.setting.holding(HOLDS, timezone.localdate()).select_related("user", "setting")
    others = [one for one in holders if one != by]
    notify("keys_changed", others, subject_id=uuid4(), path=by.setting.link_to("lock:keys"))
