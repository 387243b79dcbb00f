"""Who may say yes to what another asked for (rule R23): never whoever asked, nor anyone it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.prepared import prepared
from safeguarding.approvals import models
from safeguarding.approvals.kinds import KINDS
from safeguarding.notifications.curtain import kept_from
from safeguarding.people.one_person import is_any_of
from safeguarding.people.roles import CONFIRMS, Role
from safeguarding.people.somebody import EXAMPLES, Alike, account_of, alike_to, values_of

if TYPE_CHECKING:
    from safeguarding.approvals.models import Approval
    from safeguarding.people.models import Member

# Asked where nobody else could, or has answered for a day (rule R24): it waits for them, and is not waived.
LAST_ASKED = frozenset({Role.COMMITTEE_LEAD, Role.GROUP_OFFICER})
APPROVES = CONFIRMS | LAST_ASKED


def waiting_for(member: Member, kinds: Iterable[str] = KINDS, at: datetime | None = None) -> Q:
    """Approvals that this member may answer now: nobody has, and they are not too old."""
    in_time = Q(answer__isnull=True, expires_at__gt=at or timezone.now())
    return in_time & _for_second_person(member, kinds)


def _for_second_person(member: Member, kinds: Iterable[str] = KINDS) -> Q:
    """Approvals asked for by another person, of something that this member may know of."""
    if not member.roles & APPROVES:
        return Q(pk__in=[])
    mine = Q(pk__in=[])
    for name in kinds:
        mine |= Q(kind=name) & KINDS[name].for_those_who_may(member)
    here = Q(setting=member.setting_id) & ~Q(asked_by__user=member.user_id)
    return here & ~Q(asked_by__name__iexact=member.name) & mine & ~kept_from(member)


def readable_by(member: Member) -> Q:
    """Whoever asked, whoever answered, and all who might have; nobody whom it has come to name."""
    involved = Q(asked_by=member.pk) | Q(answer__answered_by=member.pk)
    involved |= _for_second_person(member)
    return Q(setting=member.setting_id) & involved & ~kept_from(member)


def may_see(member: Member, approval: Approval) -> bool:
    """Whoever asked, answered, or may be the second person."""
    return models.Approval.objects.readable_by(member).filter(pk=approval.pk).exists()


def may_ask(member: Member) -> bool:
    """Anyone with a role here may ask for what they could do, were it not for the second person."""
    return bool(member.roles) and member.user.is_active


def may_approve(member: Member, approval: Approval) -> bool:
    """Somebody else, active and confirmed at this moment, whom it is not about and who may know of it.

    Two accounts of one person are one person.
    """
    if not member.user.is_active or not member.roles & APPROVES:
        return False
    if is_any_of(member, approval.asked_by, *approval.about_whom):
        return False
    who = values_of(member, *account_of(member), approval.pk)
    return _ANSWERABLE.any(*who, alike=alike_to(member), kind=approval.kind)


def _answerable(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    user: UUID,
    name: str,
    approval: UUID,
    *tied: UUID,
    alike: Alike,
    kind: str,
) -> QuerySet[models.Approval]:
    who = alike.somebody(member, setting, tied, user_id=user, name=name, now=(on, at))
    return models.Approval.objects.filter(waiting_for(who, [kind], at), pk=approval)


# Asked of everybody who might be the second person.
_ANSWERABLE = prepared(_answerable, examples=[{**one, "kind": "close_case"} for one in EXAMPLES])


def may_go_alone(member: Member, approval: Approval) -> bool:
    """Whoever asked, a day later, where the kind allows it and nobody here could ever say yes to it."""
    if approval.asked_by_id != member.pk or not approval.of_kind.alone or approval.is_answered:
        return False
    here = approval.setting.holding(APPROVES, timezone.localdate()).with_roles(timezone.localdate())
    return (
        approval.created_at <= timezone.now() - models.WIDENS
        and hasattr(approval, "widened")
        and not any(may_approve(one, approval) for one in here)
    )


def may_withdraw(member: Member, approval: Approval) -> bool:
    """Whoever asked for something takes it back while nobody has answered."""
    return approval.asked_by_id == member.pk
