"""What is done about clocks whose owner has left, or has another post."""

from django.db import transaction

from safeguarding.audit.trail import System, record
from safeguarding.people.models import Member

from .models import Clock
from .owing import OWES, put_right


@transaction.atomic
def hand_on_clocks(*, by: System, member: Member) -> int:
    """Let others owe what this member may no longer do, and stop what was only about them. How many."""
    running = Clock.objects.running().filter(setting=member.setting_id, owner=member)
    changed = 0
    for clock in running.filter(subject_kind__in=sorted(OWES)).select_for_update(no_key=True):
        clock.owner, clock.setting = member, member.setting  # with the roles they hold now
        if put_right(clock):
            record("clock.handed_on", clock, by=by)
            changed += 1
    return changed
