"""Whose a clock of ours is, once its owner has left or has another post."""

from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.notifications.owing import owed_by
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_any_of
from safeguarding.people.roles import Role

from .audiences import SIGN, Audience
from .models import Agreement, Grant, GrantEnded
from .permissions import may_switch_off

ASKED_LAST = [Role.MANAGER, Role.DEPUTY_MANAGER, Role.COMMITTEE_LEAD]


@owed_by("agreement")
def to_sign(clock: Clock) -> Member | None:
    """Nobody signs for another: it ends with the role it was asked for."""
    agreement = Agreement.objects.get(pk=clock.subject_id)
    return clock.owner if clock.owner.roles & SIGN[Audience(agreement.audience)] else None


@owed_by("access")
def to_switch_off(clock: Clock) -> Member | None:
    """Whoever looks after such things here; where nobody does, it stays on the list of what is open."""
    ended = GrantEnded.objects.select_related("grant__setting", "grant__member__user").get(
        pk=clock.subject_id
    )
    if may_switch_off(clock.owner, ended):
        return clock.owner
    return next(iter(who_switches_off(ended.grant)), clock.owner)


def who_switches_off(grant: Grant) -> list[Member]:
    """Technical staff or the managers, as the kind says; nobody switches off what they had."""
    today, first = timezone.localdate(), [Role.TECHNICAL]
    wanted = [first, ASKED_LAST] if grant.of_kind.by == "technical" else [ASKED_LAST]
    for roles in wanted:
        people = grant.setting.holding(roles, today).with_roles(today)
        if found := [one for one in people if not is_any_of(one, grant.member)]:
            return sorted(found, key=lambda one: Role.MANAGER not in one.roles)
    return []
