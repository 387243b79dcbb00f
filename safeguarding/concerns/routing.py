"""Who hears of a report, in which order: by role, less whoever it names or is tied to (rules R10, R11)."""

from collections.abc import Iterable

from django.utils import timezone

from safeguarding.people import access
from safeguarding.people.models import Absence, Member
from safeguarding.people.roles import Role

from .models import Concern, Involvement
from .permissions import is_named_among, may_decide_on_class

Rungs = tuple[tuple[Role, ...], ...]

USUAL: Rungs = (
    (Role.LEAD,),
    (Role.DEPUTY,),
    (Role.MANAGER, Role.DEPUTY_MANAGER),
    (Role.COMMITTEE_LEAD,),
)
AT_ONCE: Rungs = ((Role.LEAD, Role.DEPUTY), *USUAL[2:])
ABOUT_AN_ADULT: Rungs = ((Role.LEAD, Role.MANAGER), (Role.DEPUTY,), (Role.COMMITTEE_LEAD,))
ENOUGH_FOR_AN_ALLEGATION = 2


def ladder(concern: Concern) -> list[list[Member]]:
    """The people to tell, rung by rung, nobody twice, without empty rungs. May be empty: then outside.

    Whoever is away comes last, in a rung of their own: nobody is passed over for good.
    """
    away = Absence.away_from(concern.setting, timezone.localdate())
    order = _rungs(concern)
    eligible = _eligible(concern, set().union(*order))
    rungs: list[list[Member]] = []
    absent: list[Member] = []
    seen: set[Member] = set()
    for roles in order:
        people = [one for one in eligible if one.roles & set(roles) and one not in seen]
        seen.update(people)
        rungs.append([one for one in people if one.pk not in away])
        absent += [one for one in people if one.pk in away]
    return [rung for rung in [*rungs, absent] if rung]


def first_told(concern: Concern) -> list[Member]:
    """The first rung, and more until somebody among them decides; for an allegation, until two know."""
    told: list[Member] = []
    rungs = ladder(concern)
    while rungs and not _is_enough(concern, told, rungs):
        told += rungs.pop(0)
    return told


def owner_among(concern: Concern, members: list[Member]) -> Member:
    """Who owes what is due on a report: of those told, the first who may decide on it."""
    deciding = (one for one in members if may_decide_on_class(one, concern))
    return next(deciding, members[0])


def readers_among(concern: Concern, members: Iterable[Member]) -> list[Member]:
    """Of those told, whoever has a role that may read such a record. Asks nothing of the database.

    The committee lead hears of every report that nobody else here may hear of, and reads only those
    about adults.
    """
    kind = concern.record_class
    return [one for one in members if access.scopes(one.roles, kind, "R") & {"t", "n"}]


def somebody_can_decide(concern: Concern) -> bool:
    """Whether anyone who was told may decide on it. If not, its reporter is shown who to call outside."""
    told = Member.objects.with_roles(timezone.localdate()).filter(
        pk__in=concern.recipients.values("member")
    )
    return any(may_decide_on_class(member, concern) for member in told)


def somebody_can_hear(concern: Concern) -> bool:
    """Whether anyone who may decide on it would be told, now or later."""
    return any(may_decide_on_class(one, concern) for rung in ladder(concern) for one in rung)


def _is_enough(concern: Concern, told: list[Member], further: list[list[Member]]) -> bool:
    if not told or (concern.record_class == "C3" and len(told) < ENOUGH_FOR_AN_ALLEGATION):
        return False
    if any(may_decide_on_class(one, concern) for one in told):
        return True
    return not any(may_decide_on_class(one, concern) for rung in further for one in rung)


def _rungs(concern: Concern) -> Rungs:
    if concern.record_class == "C3":
        return ABOUT_AN_ADULT
    urgent = concern.in_danger_now or concern.record_class in {"C2", "C4"}
    return AT_ONCE if urgent else USUAL


def _eligible(concern: Concern, roles: Iterable[Role]) -> list[Member]:
    """By name, whoever holds any of these roles and is not shut out of the report."""
    today = timezone.localdate()
    holders = concern.setting.holders(roles, today)
    involved = list(Involvement.objects.filter(concern=concern))
    return [one for one in holders if not is_named_among(one, involved)]
