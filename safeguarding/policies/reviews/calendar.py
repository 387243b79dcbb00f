"""What reviews put into calendars: that one is due, and on which day. Not of which policy, nor why."""

from collections.abc import Iterable

from safeguarding.notifications.calendar.entries import Entry, in_calendar, shows_clocks
from safeguarding.people.models import Member

from .actions._here import KIND, end_of
from .due import standings
from .permissions import sees_dates

DUE = "A policy is due to be reviewed"
shows_clocks(KIND, "Something in the review of a policy is due")


@in_calendar
def due_reviews(member: Member) -> Iterable[Entry]:
    """The next review of each policy, for those who lead reviews and the committee lead."""
    if not sees_dates(member):
        return
    path = member.setting.link_to("policies:reviews")
    for one in standings([member.setting_id]):
        if one.counts and one.due_on and one.looked_at and one.open_review is None:
            changed = end_of(one.looked_at)
            yield Entry(f"policy-{one.policy_id}", one.due_on, DUE, path, changed)
