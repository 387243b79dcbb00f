"""What people do about backups in the product. Making and restoring them are commands."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from . import permissions
from .models import RestoreDrill


@transaction.atomic
def record_drill(
    *, by: Member, done_on: date, sheet: str, went_well: bool, note: str = ""
) -> RestoreDrill:
    """Put on record that a backup was restored on another computer, and whether all was there."""
    require(permissions.may_record_drill, by)
    if done_on > timezone.localdate():
        raise RuleBroken("Restoring cannot have been done in the future.")
    if not went_well and not note:
        raise RuleBroken("Say what did not work, so that somebody can put it right.")
    drill = RestoreDrill.objects.create(
        setting=by.setting,
        done_on=done_on,
        sheet=sheet,
        went_well=went_well,
        note=note,
        recorded_by=by,
    )
    record("restore_drill.recorded", drill, by=by, sheet=sheet, went_well=went_well)
    return drill
