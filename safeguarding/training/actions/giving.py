"""Giving the register out: who took it, and of whom, is on record."""

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.training import permissions
from safeguarding.training.models import Attendance


@transaction.atomic
def give_register(*, by: Member, about: Member | None) -> list[Attendance]:
    """The lines of the register, of everybody or of one person, by name and day."""
    require(permissions.may_take_register, by, about)
    rows = Attendance.objects.readable_by(by)
    if about is not None:
        rows = rows.filter(member=about)
    rows = rows.select_related(
        "training", "member__user", "confirmed__confirmed_by__user", "corrected"
    ).prefetch_related("training__topics")
    found = list(rows.order_by("member__name", "member_id", "-training__done_on", "created_at"))
    record("training.register_taken", about or by.setting, by=by, lines=len(found))
    return found
