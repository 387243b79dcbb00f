"""Asking for a change of the ways in. It is done when another person says yes to exactly this (rule R23)."""

from django.db import transaction

from foundation import sheets, slots
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import ask
from safeguarding.approvals.models import Approval
from safeguarding.audit.trail import record
from safeguarding.lock import ways
from safeguarding.lock.permissions import may_keep_keys, may_lock
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from .keys import KEEPERS


@transaction.atomic
def ask_for_passphrase(*, by: Member, passphrase: str, cost: slots.Cost = slots.REAL) -> Approval:
    """Ask to be one of those who can unlock. The passphrase opens nothing before the yes, and is not kept."""
    require(may_lock, by)
    ways.found()
    slot = slots.new_slot(by.display_name, passphrase, who=str(by.pk), cost=cost)
    approval = ask(by=by, kind="let_in", arguments={"slot": slot.model_dump_json()}, about_id=by.pk)
    record("passphrase.asked", by, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def ask_to_end_passphrase(*, by: Member, slot_id: str) -> Approval:
    """Ask to take another person's passphrase away. They are not asked about it."""
    require(may_keep_keys, by)
    found = ways.found()
    slot = found.slot(slot_id)
    if slot is None:
        raise RuleBroken(ways.ENDED)
    ways.refuse_last(found)
    arguments = {"slot": slot.id, "holder": slot.holder, "who": slot.who}
    approval = ask(
        by=by, kind="end_passphrase", arguments=arguments, about_id=ways.whose(slot, by.setting_id)
    )
    record("passphrase.end_asked", by.setting, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def ask_for_sheets(*, by: Member) -> tuple[Approval, list[str]]:
    """Ask for new recovery sheets, which are printed now and open nothing before the yes."""
    require(may_keep_keys, by)
    ways.found()
    recovery, words = slots.new_sheets(KEEPERS)
    arguments = {"set": sheets.set_number(words[0]), "recovery": recovery.model_dump_json()}
    approval = ask(by=by, kind="use_sheets", arguments=arguments, about_id=by.setting_id)
    record("recovery_sheets.asked", by.setting, by=by, approval=str(approval.pk))
    return approval, words


@transaction.atomic
def ask_to_put_key_file_away(*, by: Member) -> Approval:
    """Ask to delete the key file. Whoever says yes says it to all the ways in that there will be."""
    require(may_keep_keys, by)
    found = ways.found()
    ways.refuse_too_early(found)
    arguments = ways.as_they_stand(found)
    approval = ask(by=by, kind="put_key_away", arguments=arguments, about_id=by.setting_id)
    record("key_file.asked", by.setting, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def ask_to_change_key(*, by: Member) -> Approval:
    """Ask for a new key of the installation. Whoever says yes says it to all whom it will be sealed to."""
    require(may_keep_keys, by)
    ways.refuse_without_slots()
    ways.refuse_little_room()
    arguments = ways.as_they_stand(ways.found())
    approval = ask(by=by, kind="change_key", arguments=arguments, about_id=by.setting_id)
    record("key.change_wanted", by.setting, by=by, approval=str(approval.pk))
    return approval
