"""Who is away: written down by themselves or by somebody who leads here, and ended by a further row."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.models import Absence, AbsenceEnded, Member
from safeguarding.people.permissions import require
from safeguarding.people.settling import settle_again


@transaction.atomic
def record_absence(*, by: Member, about: Member, starts: date, ends: date) -> Absence:
    """Write down that somebody is away, so that others are told first and take what cannot wait."""
    require(permissions.may_record_absence, by, about)
    if ends < starts:
        raise RuleBroken("The last day away cannot be before the first.")
    if ends < timezone.localdate():
        raise RuleBroken("That is over already. Write the days that are still to come.")
    absence = Absence.objects.create(
        setting=by.setting, member=about, starts=starts, ends=ends, recorded_by=by
    )
    settle_again(about)
    record("absence.recorded", absence, by=by, member=str(about.pk))
    return absence


@transaction.atomic
def end_absence(*, by: Member, absence: Absence) -> AbsenceEnded:
    """Say that somebody is back. They are told first again from now."""
    require(permissions.may_record_absence, by, absence.member)
    Absence.objects.select_for_update(no_key=True).get(pk=absence.pk)
    if AbsenceEnded.objects.filter(absence=absence).exists():
        raise RuleBroken("It is already on record that they are back.")
    ended = AbsenceEnded.objects.create(setting=absence.setting, absence=absence, ended_by=by)
    record("absence.ended", absence, by=by, member=str(absence.member_id))
    return ended
