"""Whose a clock of ours is, once its owner has left or has another post."""

from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.notifications.owing import owed_by
from safeguarding.people.models import Absence, Member
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
    is_away = clock.owner_id in Absence.away_from(clock.setting, timezone.localdate())
    if may_switch_off(clock.owner, ended) and not is_away:
        return clock.owner
    return next(iter(who_switches_off(ended.grant)), clock.owner)


def who_switches_off(grant: Grant) -> list[Member]:
    """Technical staff or the managers, as the kind says: the first of them of whom somebody is not away.

    Nobody switches off what they had. Whoever is away comes last.
    """
    away = Absence.away_from(grant.setting, timezone.localdate())
    wanted = [[Role.TECHNICAL], ASKED_LAST] if grant.of_kind.by == "technical" else [ASKED_LAST]
    able = [people for roles in wanted if (people := _able(grant, roles))]
    here = [people for people in able if not away.issuperset(one.pk for one in people)]
    found = next(iter(here or able), [])
    return sorted(found, key=lambda one: (one.pk in away, Role.MANAGER not in one.roles))


def _able(grant: Grant, roles: list[Role]) -> list[Member]:
    today = timezone.localdate()
    people = grant.setting.holding(roles, today).with_roles(today)
    return [one for one in people if not is_any_of(one, grant.member)]
